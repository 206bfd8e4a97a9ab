package io.ostiary.agent.container;

import io.ostiary.agent.FirstDoor;
import io.ostiary.agent.Shell;
import io.ostiary.agent.Site;
import io.ostiary.core.Refusal;
import java.io.IOException;
import org.apache.catalina.Container;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.jspecify.annotations.Nullable;

/**
 * The first door of Tomcat: its connector has read a request's head, and no valve has seen it. Compiled against Tomcat 9, it
 * calls nothing that has a servlet type in its descriptor, so that it links with the jakarta releases too.
 */
public final class TomcatConnector implements FirstDoor {

  private final Shell shell;
  private final TomcatDrain drain = new TomcatDrain();

  /** A door beside one Tomcat. */
  public TomcatConnector(Site site) {
    shell = site.shell();
  }

  @Override
  public boolean refuses(Object request, Object response, @Nullable Object more) {
    // After an error of its own, a malformed request for one, Tomcat goes on only to render that
    // error.
    return !((Response) response).isError() && shell.refuses(request, response);
  }

  @Override
  public void answer(Refusal refusal, Object request, Object response, @Nullable Object more)
      throws IOException {
    shell.answer(refusal, request, response);
  }

  @Override
  public void finish(Object request, Object response, @Nullable Object more) throws IOException {
    finish((Request) request, (Response) response);
  }

  private void finish(Request request, Response response) throws IOException {
    response.flushBuffer();
    drain.drain(request.getCoyoteRequest());
    response.finishResponse();
    // Tomcat logs only what it has given to its pipeline; for its own early exits it writes a time
    // of 0, as here.
    containerOf(request).logAccess(request, response, 0, true);
  }

  private static Container containerOf(Request request) {
    if (request.getContext() != null) {
      return request.getContext();
    }
    return request.getHost() != null
        ? request.getHost()
        : request.getConnector().getService().getContainer();
  }
}
