package io.ostiary.agent.container;

import io.ostiary.agent.Shell;
import io.ostiary.agent.Site;
import io.ostiary.agent.ThirdDoor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The third door of Jetty 9.4 to 11, and of those of Jetty 12's environments that nest the old code (ee8, ee9): an error handler
 * is about to write a page, since the app has none.
 *
 * <p>Known weakness: Jetty writes pages for GET, POST and HEAD alone; other methods get its empty answer.
 */
public final class JettyPages implements ThirdDoor {

  private final Shell shell;

  /** A door beside one Jetty. */
  public JettyPages(Site site) {
    shell = site.shell();
  }

  @Override
  public boolean answers(Object request, Object response, @Nullable Object more)
      throws IOException {
    return shell.answers(request, response);
  }
}
