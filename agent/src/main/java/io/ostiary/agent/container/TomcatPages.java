package io.ostiary.agent.container;

import io.ostiary.agent.Shell;
import io.ostiary.agent.Site;
import io.ostiary.agent.ThirdDoor;
import java.io.IOException;
import org.apache.catalina.connector.Response;
import org.jspecify.annotations.Nullable;

/** The third door of Tomcat: the host's valve is about to report an error for which the app has no page. */
public final class TomcatPages implements ThirdDoor {

  private final Shell shell;

  /** A door beside one Tomcat. */
  public TomcatPages(Site site) {
    shell = site.shell();
  }

  /** As Tomcat does, it leaves alone what has a body already. */
  @Override
  public boolean answers(Object request, Object response, @Nullable Object more)
      throws IOException {
    return ((Response) response).getContentWritten() == 0 && shell.answers(request, response);
  }
}
