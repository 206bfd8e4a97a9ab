package io.ostiary.agent.container;

import io.ostiary.agent.Site;
import io.ostiary.agent.ThirdDoor;
import io.ostiary.core.AppErrors;
import io.ostiary.core.Guard;
import io.ostiary.core.Header;
import io.ostiary.core.Refusal;
import io.ostiary.servlet.jakarta.Door;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The third door of Jetty 12, of its core and of its servlet environments alike: an error handler is about to write a page,
 * since the app has none.
 *
 * <p>Known weakness: Jetty writes pages for GET, POST and HEAD alone; other methods get its empty answer.
 */
public final class JettyCorePages implements ThirdDoor {

  private final Site site;
  private final Guard guard;

  /** A door beside one Jetty. */
  public JettyCorePages(Site site) {
    this.site = site;
    guard = site.guard();
  }

  @Override
  public boolean answers(Object request, Object response, @Nullable Object callback)
      throws ReflectiveOperationException {
    return answers(
        (Request) request, (Response) response, (Callback) Objects.requireNonNull(callback));
  }

  private boolean answers(Request request, Response response, Callback callback)
      throws ReflectiveOperationException {
    int status = response.getStatus();
    AppErrors errors =
        AppErrors.isError(status) && !response.isCommitted() ? errorsOf(request) : null;
    if (errors == null) {
      return false;
    }
    if (request.getAttribute(Door.AROUND) != null) {
      // Of a servlet's errors its own shell has heard.
      errors.raised(status, saidOf(request, status));
    }
    Refusal answer = errors.answer(status);
    for (Header header : answer.headers()) {
      response.getHeaders().put(header.name(), header.value());
    }
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    if (isUnread(request)) {
      JettyCoreRefusal.endConnection(request, response);
    }
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
    complete(request);
    return true;
  }

  /**
   * Ends the call as the page of a servlet environment does once it is written: an asynchronous call that has timed out is ended by
   * nothing else. Each environment has classes of its own by these names.
   */
  private static void complete(Request request) throws ReflectiveOperationException {
    if (request.getClass().getName().endsWith(".servlet.ServletContextRequest")) {
      Object channel = request.getClass().getMethod("getServletChannel").invoke(request);
      channel.getClass().getMethod("sendErrorResponseAndComplete").invoke(channel);
    }
  }

  /** What the app says of an error, unless it is no more than Jetty itself says of all such. */
  private static @Nullable String saidOf(Request request, int status) {
    Object said = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
    return said instanceof String message && !message.equals(HttpStatus.getMessage(status))
        ? message
        : null;
  }

  private @Nullable AppErrors errorsOf(Request request) {
    if (isUnread(request)) {
      return site.errorsOfUnread();
    }
    Object seen = request.getAttribute(Door.SEEN);
    if (seen == null) {
      return guard.errors(new JettyCoreCall(request), request.getAttribute(Door.ARRIVAL));
    }
    return seen instanceof AppErrors errors ? errors : null;
  }

  /** Whether Jetty has made a request up of what it could not read: the connector's door never saw it. */
  private boolean isUnread(Request request) {
    return request.getAttribute(Door.SEEN) == null
        && request.getAttribute(Door.ARRIVAL) == null
        && !guard.admitsOnFailure();
  }
}
