package io.ostiary.servlet.jakarta;

import io.ostiary.core.AppErrors;
import io.ostiary.core.Refusal;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Carries out on one response what the guard says of the app's errors: holds back what the app writes of one, and writes the
 * answer in its place. What has left is not touched.
 *
 * <p>What a thread of the app's own writes to an asynchronous call is held back until the app completes that by what {@link
 * GuardedAsync} has given it; where it began the call past that, nothing is.
 *
 * <p>Known weaknesses: what a {@code WriteListener} writes is not held back; and an error whose beginning was written before its
 * status was set stays as it is, unless the app takes that back.
 */
final class ErrorVoice {

  private static final byte[] NOTHING = {};

  private final AppErrors errors;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final AnswerMeter meter;
  private final boolean serverAsks;
  private volatile @Nullable Held held;

  /** The answer has been written, or the server is going to. */
  private volatile boolean settled;

  /** It has been written. */
  private boolean answered;

  /** Nothing is held back any more, since nobody would release it. */
  private volatile boolean over;

  /** The end of an asynchronous call would be told of. */
  private volatile boolean endIsSeen;

  /** The app has completed its asynchronous call, or sent it on. */
  private volatile boolean takenOn;

  /**
   * The voice for one call.
   *
   * @param response the container's
   * @param serverAsks whether the server asks the guard before it writes a page of its own, so that errors that the app raises
   *     are left to it: the app may have a page
   */
  ErrorVoice(
      AppErrors errors,
      HttpServletRequest request,
      HttpServletResponse response,
      AnswerMeter meter,
      boolean serverAsks) {
    this.errors = errors;
    this.request = request;
    this.response = response;
    this.meter = meter;
    this.serverAsks = serverAsks;
  }

  /** Whether what the app is about to write is of an error that may be told anew. */
  boolean holds() {
    return !over && (settled || isErrorToSee());
  }

  private boolean isErrorToSee() {
    return AppErrors.isError(response.getStatus())
        && !response.isCommitted()
        && errors.mayReplace(response.getContentType());
  }

  /** Watches where events end, if the answer is a stream of them; {@code null} otherwise. */
  @Nullable AnswerMeter meterOfEvents() {
    String type = response.getContentType();
    return type != null && type.startsWith("text/event-stream") ? meter : null;
  }

  /** What the app is going to write to; answers it. */
  <T extends Held> T hold(T given) {
    held = given;
    return given;
  }

  /** Whether what the app has written may leave now; if not, there is nothing to flush. */
  boolean mayFlush() throws IOException {
    Held now = held;
    if (now == null || now.isPassing()) {
      return true;
    }
    if (holds()) {
      return false;
    }
    now.release();
    return true;
  }

  /** The app takes back what it has written. */
  void clear() {
    Held now = held;
    if (now != null) {
      now.clear();
    }
  }

  /**
   * The app raises an error and leaves the rest to its container.
   *
   * @return whether it is to be told here and now; otherwise the container has to be told
   */
  boolean raised(int status, @Nullable String message) {
    if (!AppErrors.isError(status)) {
      return false;
    }
    errors.raised(status, message);
    return !serverAsks && !response.isCommitted();
  }

  /** Answers with the error that the response's status is now; answers {@code true}. */
  boolean tell() throws IOException {
    write(errors.answer(response.getStatus()));
    return true;
  }

  /** The container knows of the error that was raised, and answers it. */
  void leftToServer() {
    settled = true;
    // The server may write its page by way of what an asynchronous app was given.
    over |= request.isAsyncStarted();
  }

  /**
   * The app has returned, and its answer is whole.
   *
   * @param opened whether it has taken a stream or a writer
   */
  void finish(boolean opened) throws IOException {
    Held now = held;
    boolean open = !settled && !response.isCommitted() && AppErrors.isError(response.getStatus());
    if (now != null && !now.isPassing()) {
      Refusal answer = open ? errorOf(now, true) : null;
      if (answer != null) {
        write(answer);
      } else if (!settled) {
        over = true;
        now.release();
      }
    } else if (open && !opened) {
      answerEmpty();
    }
    over = true;
  }

  private @Nullable Refusal errorOf(Held written, boolean isWhole) {
    byte[] text = written.text();
    return errors.answer(
        response.getStatus(), response.getContentType(), text, text.length, isWhole);
  }

  /**
   * The app has written more of an error than is held back.
   *
   * @return whether it has been answered in the app's place, or had been; otherwise the app's own has to leave
   */
  boolean answersLong(Held written) throws IOException {
    Refusal answer = settled ? null : errorOf(written, false);
    if (answer != null) {
      write(answer);
    }
    return settled;
  }

  /** The same of a writer, which tells of no trouble: if there is nobody to write to, nothing more leaves. */
  boolean answersLongText(Held written) {
    try {
      return answersLong(written);
    } catch (IOException gone) {
      return true;
    }
  }

  private void answerEmpty() throws IOException {
    Refusal answer = errors.answer(response.getStatus(), null, NOTHING, 0, true);
    if (answer != null) {
      write(answer);
    }
  }

  /** The call goes on without the app's thread. */
  void goesOn() throws IOException {
    if (!endIsSeen) {
      letGo();
    }
  }

  /** What was held leaves as it is, and so does what is still written. */
  void letGo() throws IOException {
    over = true;
    Held now = held;
    if (now != null && !settled) {
      now.release();
    }
  }

  /** The app completes its asynchronous call, or sends it on. */
  void isTakenOn() {
    takenOn = true;
  }

  /** The app begins another cycle of it. */
  void beginsAnew() {
    takenOn = false;
  }

  /**
   * Whether the app has done with this cycle of its asynchronous call what there is to do. Of Jetty's request no filter learns that
   * within a listener: it calls itself asynchronous there until the last of them has returned.
   */
  boolean hasBeenTakenOn() {
    return takenOn;
  }

  /** The app was given what tells of the end of its asynchronous call. */
  void endIsSeen() {
    endIsSeen = true;
  }

  /** The server ends the asynchronous call: what it writes itself, maybe by way of what the app was given, leaves. */
  void serverEnds() {
    over = true;
  }

  /** The call has ended: an app that completes it once more must not be answered, the response may be another call's. */
  void callIsComplete() {
    settled = true;
    over = true;
  }

  /** The app is called again, in another dispatch of a call that has gone asynchronous. */
  void comesBack() {
    over = false;
  }

  /**
   * The time of an asynchronous call is over, and nobody has taken it on.
   *
   * @return whether it has been answered; otherwise the server does it
   */
  boolean timedOut() throws IOException {
    over = true;
    if (serverAsks || takenOn || settled || response.isCommitted()) {
      return false;
    }
    write(errors.answer(HttpServletResponse.SC_INTERNAL_SERVER_ERROR));
    return true;
  }

  /**
   * The app has thrown an exception.
   *
   * @return whether that has been answered; otherwise it must go on to the container, which answers it, or cuts the answer off
   */
  boolean failed(Throwable cause, boolean writes) throws IOException {
    over = true;
    if (!response.isCommitted()) {
      // To the container an UnavailableException says more than its status.
      boolean isTheServers = serverAsks || cause instanceof UnavailableException;
      return isTheServers ? isLeftToServer(cause) : answered(cause);
    }
    if (answered || (settled && !serverAsks)) {
      errors.noteThrown(cause);
      return true;
    }
    return closed(cause, writes);
  }

  private boolean answered(Throwable cause) throws IOException {
    write(errors.thrown(ThrownStatus.of(cause), cause));
    return true;
  }

  /** The app has thrown an exception when its client had a whole answer already. */
  void thrownTooLate(Throwable cause) {
    errors.noteThrown(cause);
  }

  /** A stream of events ends with one that tells of the error, unless it has broken off within another. */
  private boolean closed(Throwable cause, boolean writes) throws IOException {
    byte[] event = errors.closingEvent(response.getContentType());
    if (event == null || !meter.isBetweenEvents()) {
      return isLeftToServer(cause);
    }
    if (writes) {
      response.getWriter().write(new String(event, StandardCharsets.UTF_8));
      response.getWriter().close();
    } else {
      ServletOutputStream out = response.getOutputStream();
      out.write(event);
      out.close();
    }
    errors.logThrown(cause);
    return true;
  }

  private boolean isLeftToServer(Throwable cause) {
    errors.noteThrown(cause);
    return false;
  }

  private void write(Refusal answer) throws IOException {
    settled = true;
    answered = true;
    meter.takenBack();
    meter.status(answer.status());
    ErrorWriter.write(request, response, answer);
  }
}
