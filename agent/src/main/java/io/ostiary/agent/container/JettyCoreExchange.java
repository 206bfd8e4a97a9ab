package io.ostiary.agent.container;

import io.ostiary.core.AppErrors;
import io.ostiary.core.ClientLine;
import io.ostiary.core.ClientWatch;
import io.ostiary.core.Deadline;
import io.ostiary.core.Decision;
import io.ostiary.core.Lookout;
import io.ostiary.core.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One admitted call of a handler of Jetty's core, from its admission to its end: the callback that the app completes, and the
 * way of all that leaves for the client. What the call holds is let go once, however it ends.
 *
 * <p>When the call's time is over it ends on another thread than the app's, which is never waited for: if the app is writing just
 * then, the end follows that write. Whatever the app does after the end goes nowhere.
 *
 * <p>Known weakness: while the app's thread is still in its handler, an answer that can only be broken off is cut when that
 * returns; Jetty has no other way.
 */
final class JettyCoreExchange implements Callback {

  private static final String OVER = "The call's time is over.";

  /** Bytes that leave without a client that reads them, most commonly. */
  private static final int AT_ONCE = 64 << 10;

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final @Nullable ClientLine client;
  private final boolean looksForClient;
  private final JettyCoreDeparture departure;
  private final Decision.Admit admit;
  private final @Nullable AppErrors errors;
  private final @Nullable JettyCoreExpiry expiry;
  private final JettyCoreEvents events;
  private final boolean looksForEvents;
  private final Lookout lookout;
  private final JettyCoreStage stage = new JettyCoreStage();
  private @Nullable JettyCoreAnswer answer;

  /**
   * An exchange by Jetty's own objects.
   *
   * @param client the line to the client, or {@code null} where there is no way to it
   * @param looksForClient whether it may be asked while the app is at work, since nobody reads then
   * @param clients who looks for it
   */
  JettyCoreExchange(
      Request request,
      Response response,
      Callback callback,
      Decision.Admit admit,
      @Nullable ClientLine client,
      boolean looksForClient,
      ClientWatch clients) {
    this.client = client;
    this.lookout =
        client == null || !admit.lease().watchesClient() || !client.isWatchable()
            ? Lookout.blind()
            : Lookout.of(clients, client, looksForClient, this::clientIsGone);
    this.looksForClient = looksForClient;
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.admit = admit;
    this.departure = new JettyCoreDeparture(admit.lease(), response);
    this.errors = admit.errors();
    this.events = new JettyCoreEvents(response);
    Deadline deadline = admit.deadline();
    this.expiry =
        deadline == null
            ? null
            : new JettyCoreExpiry(deadline, request, response, departure, events, client);
    this.looksForEvents = errors != null || deadline != null;
  }

  /** The app is about to be called, on this thread; the failure of the call's stream may have come by now. */
  void begins(JettyCoreAnswer given, JettyCoreFailure failure) {
    answer = given;
    lookout.appIsCalled();
    if (admit.lease().watchesClient()) {
      failure.tells(this::connectionFailed);
    }
    if (expiry != null) {
      expiry.start(this::comeDue);
    }
  }

  /** The app's handler has returned. */
  void handlerHasReturned() {
    lookout.appHasReturned();
    boolean gone = departure.isClientGone();
    if (gone || isOver()) {
      departure.close();
    }
    lookout.callHasParted(gone);
  }

  /**
   * A servlet is about to get the call. Its own shell can do more for it than can be done around it, and sees to the rest, unless
   * something has been done already.
   *
   * @return the admission, or else whether the texts that the servlet writes are still to be repaired
   */
  Object handOver() {
    if (!stage.mayHandOver(response.isCommitted())) {
      return admit.repairsText();
    }
    if (expiry != null) {
      expiry.cancel();
    }
    lookout.end();
    if (given().getRequest() instanceof JettyCoreRequest seen) {
      seen.isReplayedElsewhere();
    }
    return admit;
  }

  boolean isHandedOver() {
    return stage.isHandedOver();
  }

  /** Whether the call has ended before the app's own end. */
  boolean isOver() {
    return stage.isOver();
  }

  // ---- what leaves

  /** Writes, unless the end has come. */
  void write(boolean last, @Nullable ByteBuffer bytes, Callback written) {
    if (!stage.mayWrite(last)) {
      written.failed(new IOException(OVER));
      return;
    }
    if (looksForEvents && bytes != null) {
      events.saw(bytes);
    }
    if (last && bytes != null && bytes.remaining() > AT_ONCE) {
      departure.settle();
    } else if (last) {
      // Or a client that has its whole answer could find its own place still taken.
      close();
    }
    response.write(last, bytes, new Written(written));
  }

  private final class Written extends Callback.Nested {

    Written(Callback written) {
      super(written);
    }

    @Override
    public void succeeded() {
      stage.hasWritten();
      endIfDue();
      getCallback().succeeded();
    }

    @Override
    public void failed(Throwable cause) {
      if (cause instanceof IOException || cause instanceof TimeoutException) {
        clientIsGone();
      }
      stage.hasWritten();
      endIfDue();
      getCallback().failed(cause);
    }
  }

  /** The head of the answer is final. */
  void showHead(int status, @Nullable String type, @Nullable String coding) {
    departure.showHead(status, type, coding);
  }

  // ---- the client

  /** Whether the client has gone before anything of the answer has left. */
  boolean isUnawaited() {
    if (client != null && looksForClient && !isOver() && client.isGone()) {
      clientIsGone();
      return true;
    }
    return false;
  }

  /** Nothing of what is to come leaves. */
  void cutLine() {
    if (client != null) {
      client.cut();
    }
  }

  private void connectionFailed(Throwable cause) {
    // A connection that only was idle while the app thought may still be answered on.
    if (cause instanceof IOException && !stage.isHandedOver()) {
      clientIsGone();
    }
  }

  /** Nothing more can leave. What the call holds is let go at once if no thread is in the app's handler. */
  private void clientIsGone() {
    if (departure.clientIsGone() && !lookout.inside().isThere()) {
      departure.close();
    }
  }

  // ---- the app's end

  /** The app has answered. */
  @Override
  public void succeeded() {
    if (stage.isHandedOver()) {
      callback.succeeded();
    } else if (stage.isFirstEnd()) {
      given().finish(last(this::end));
    }
  }

  /** The app has failed. Where nothing has left Jetty writes the error's page, through the answer that it is told in. */
  @Override
  public void failed(Throwable cause) {
    if (stage.isHandedOver()) {
      callback.failed(cause);
      return;
    }
    if (!stage.isFirstEnd()) {
      if (errors != null && isOver()) {
        errors.noteThrown(cause);
      }
      return;
    }
    departure.becomes(Outcome.FAILED);
    try {
      tell(cause);
    } catch (RuntimeException raced) {
      // The answer has begun to leave just now, or Jetty has let go of the call.
      breakOff(cause);
    }
  }

  private void tell(Throwable cause) {
    AppErrors told = errors;
    if (told == null) {
      breakOff(cause);
    } else if (given().isWhole()) {
      told.noteThrown(cause);
      end();
    } else if (response.isCommitted()) {
      failInTheMiddle(told, cause);
    } else if (JettyCoreFailure.isAbort(cause)) {
      told.noteThrown(cause);
      breakOff(cause);
    } else {
      told.noteThrown(cause);
      given().reset();
      Response.writeError(
          given().getRequest(), given(), last(() -> given().finish(last(this::end))), cause);
    }
  }

  /** A stream of events ends with one that tells of the error, unless it has broken off within another. */
  private void failInTheMiddle(AppErrors told, Throwable cause) {
    byte[] event = told.closingEvent(response.getHeaders().get(HttpHeader.CONTENT_TYPE));
    boolean fits = !stage.isWriting() && events.takesAnother() && !departure.isClientGone();
    if (event == null || !fits) {
      told.noteThrown(cause);
      breakOff(cause);
    } else {
      told.logThrown(cause);
      response.write(true, ByteBuffer.wrap(event), last(this::end));
    }
  }

  private JettyCoreAnswer given() {
    return Objects.requireNonNull(answer);
  }

  private Callback last(Runnable end) {
    return Callback.from(InvocationType.NON_BLOCKING, end, this::breakOff);
  }

  private void end() {
    if (expiry != null && isOver()) {
      expiry.haveLeft();
    }
    close();
    callback.succeeded();
  }

  private void breakOff(Throwable cause) {
    close();
    callback.failed(cause);
  }

  private void close() {
    try {
      if (expiry != null) {
        expiry.cancel();
      }
      stage.ends();
      lookout.end();
      given().isOver();
    } finally {
      letGo();
    }
  }

  private void letGo() {
    if (isOver() && lookout.inside().isThere()) {
      // The model is still at work on a call whose time is over: its worker is free when the
      // handler returns.
      departure.settle();
    } else {
      departure.close();
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return callback.getInvocationType();
  }

  // ---- the end of its time

  private void comeDue() {
    JettyCoreExpiry end = Objects.requireNonNull(expiry);
    if (stage.comesDue()) {
      // Only a slow client is waited for any more, and not by a worker.
      departure.close();
    } else {
      end.followUp(() -> stage.ifStuck(() -> end.cut(isOver())));
    }
    endIfDue();
  }

  private void endIfDue() {
    if (!stage.endsByTime()) {
      return;
    }
    try {
      endByTime();
    } catch (RuntimeException raced) {
      // The app was at the head of its answer just now, which nobody can keep it from.
      breakOff(raced);
    }
    if (expiry != null && expiry.interrupts()) {
      lookout.inside().interrupt();
    }
  }

  private void endByTime() {
    byte[] last = Objects.requireNonNull(expiry).lastBytes();
    if (last == null) {
      breakOff(new IOException(OVER));
    } else {
      response.write(true, ByteBuffer.wrap(last), last(this::end));
    }
  }
}
