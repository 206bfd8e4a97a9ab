package io.ostiary.agent.container;

import io.ostiary.agent.Shell;
import io.ostiary.agent.Site;
import io.ostiary.agent.ThirdDoor;
import io.ostiary.agent.UnreadDoor;
import io.ostiary.core.AppErrors;
import io.ostiary.core.Header;
import io.ostiary.core.Refusal;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The third door of Jetty 9.4 to 11, and of those of Jetty 12's environments that nest the old code (ee8, ee9): an error handler
 * is about to write a page, since the app has none.
 *
 * <p>Known weakness: Jetty writes pages for GET, POST and HEAD alone; other methods get its empty answer.
 */
public final class JettyPages implements ThirdDoor, UnreadDoor {

  private final Site site;
  private final Shell shell;

  /** A door beside one Jetty. */
  public JettyPages(Site site) {
    this.site = site;
    shell = site.shell();
  }

  @Override
  public boolean answers(Object request, Object response, @Nullable Object more)
      throws IOException {
    return shell.answers(request, response);
  }

  /** Fields are another type in each line of Jetty; length and end of the connection Jetty tells itself. */
  @Override
  public @Nullable ByteBuffer tells(int status, Object fields) throws ReflectiveOperationException {
    AppErrors errors = site.errorsOfUnread();
    if (errors == null) {
      return null;
    }
    Refusal answer = errors.answer(status);
    Method put = fields.getClass().getMethod("put", String.class, String.class);
    for (Header header : answer.headers()) {
      put.invoke(fields, header.name(), header.value());
    }
    return ByteBuffer.wrap(answer.body());
  }
}
