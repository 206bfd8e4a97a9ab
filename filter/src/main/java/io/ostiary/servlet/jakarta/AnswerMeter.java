package io.ostiary.servlet.jakarta;

import io.ostiary.core.Lease;
import io.ostiary.core.Outcome;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Shows an answer's bytes to the lease as they pass, and tells it when the app begins its answer anew. */
final class AnswerMeter {

  private static final int BETWEEN_EVENTS = 0x0a0a;
  private static final int BETWEEN_EVENTS_BY_CRLF = 0x0d0a0d0a;

  private final Lease lease;
  private final HttpServletResponse response;
  private final boolean charges;
  private byte @Nullable [] single;

  /** The last four bytes, or characters, that were written. */
  private int last = BETWEEN_EVENTS;

  private int status = HttpServletResponse.SC_OK;
  private @Nullable String coding;
  private volatile boolean headShown;
  private boolean stopped;
  private @Nullable Departure departure;
  private volatile boolean clientGone;

  /** A meter of what is written to the container's response. */
  AnswerMeter(Lease lease, HttpServletResponse response) {
    this.lease = lease;
    this.response = response;
    this.charges = lease.metersAnswer();
    this.coding = charges ? response.getHeader("Content-Encoding") : null;
  }

  /** Of an answer that charges nobody. */
  static AnswerMeter ofNothing(HttpServletResponse response) {
    return new AnswerMeter(Lease.NONE, response);
  }

  /** Whom this tells that the client has gone; set before the app is called. */
  void tells(Departure ofCall) {
    departure = ofCall;
  }

  /** Notes the status, for answers that end without a body of the app's own, and for those that turn bad while they begin. */
  void status(int code) {
    status = code;
    if (headShown && !response.isCommitted()) {
      lease.status(response.getStatus());
    }
  }

  /**
   * Notes the {@code Content-Encoding} that the app has named. When the answer has begun the header may tell of the container,
   * which compresses what the app has written in the clear.
   */
  void coding(@Nullable String named) {
    coding = named;
  }

  /** Notes that nothing of what was shown has left, and nothing of it ever will: the answer begins anew. */
  void takenBack() {
    headShown = false;
    last = BETWEEN_EVENTS;
  }

  /**
   * Notes that the client could not be written to. The call is settled at once, since nothing more can leave: a container that
   * stops may never tell of its end (Jetty 12 has no thread left then for an asynchronous one).
   */
  void clientIsGone() {
    if (!clientGone) {
      clientGone = true;
      end();
      lease.settle(Outcome.ABORTED);
      if (departure != null) {
        departure.clientIsGone();
      }
    }
  }

  /** Sends the head of the answer, and what has been written. */
  void flush() throws IOException {
    try {
      response.flushBuffer();
    } catch (IOException gone) {
      clientIsGone();
      throw gone;
    }
  }

  /** The container does not know the call any more, or is about to tell of its end. */
  void callMayBeOver() {
    if (departure != null) {
      departure.mayBeOver();
    }
  }

  /** The app has failed where it was told of a failure, and no thread of the container is in it any more. */
  void listenerHasFailed() {
    if (departure != null) {
      departure.listenerHasFailed();
    }
  }

  /** The app has read all that its client sent. */
  void bodyIsRead() {
    if (departure != null) {
      departure.bodyIsRead();
    }
  }

  /** The app reads again. */
  void bodyIsReadOn() {
    if (departure != null) {
      departure.bodyIsReadOn();
    }
  }

  boolean isClientGone() {
    return clientGone;
  }

  /** Whether the answer may be cut short, so that its bytes must be shown before they are written. */
  boolean mayStop() {
    return lease.mayStop();
  }

  /** Whether the answer has been cut short: nothing more of it may be written. */
  boolean isStopped() {
    return stopped;
  }

  /**
   * Shows bytes. Those for a client that has gone are nobody's.
   *
   * @return how many of them may be written; fewer than all if the answer is cut short there
   */
  int bytes(byte[] bytes, int offset, int length) {
    if (clientGone) {
      return length;
    }
    for (int i = Math.max(0, length - 4); i < length; i++) {
      last = last << 8 | (bytes[offset + i] & 0xff);
    }
    if (!charges) {
      return length;
    }
    if (!headShown) {
      headShown = true;
      lease.answer(response.getStatus(), response.getContentType(), coding);
    }
    int allowed = lease.meter(bytes, offset, length);
    stopped |= allowed < length || (lease.mayStop() && lease.hasStopped());
    return allowed;
  }

  int oneByte(int value) {
    byte[] one = single;
    if (one == null) {
      one = new byte[1];
      single = one;
    }
    one[0] = (byte) value;
    return bytes(one, 0, 1);
  }

  /** Shows characters as UTF-8, whatever the answer's charset is; answers as for bytes. */
  int text(String text) {
    if (!charges) {
      for (int i = Math.max(0, text.length() - 4); i < text.length(); i++) {
        last = last << 8 | Math.min(text.charAt(i), 0x7f);
      }
      return text.length();
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes(bytes, 0, bytes.length);
  }

  /** Whether no event is left half written, if the answer is a stream of them. */
  boolean isBetweenEvents() {
    return !clientGone
        && !stopped
        && ((last & 0xffff) == BETWEEN_EVENTS || last == BETWEEN_EVENTS_BY_CRLF);
  }

  /** The event with which a stream that was cut short ends, in UTF-8. */
  byte[] closingEvent() {
    return lease.closingEvent();
  }

  /** The answer is complete; the response is not touched, it may already be another call's. */
  void end() {
    if (charges && !headShown) {
      headShown = true;
      lease.answer(status, null, null);
    }
  }
}
