package io.ostiary.servlet.jakarta;

import io.ostiary.core.Lease;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;

/**
 * Shows an answer's bytes to the lease as they pass. Bytes that the app takes back by resetting the buffer have been shown all
 * the same.
 */
final class AnswerMeter {

  private final Lease lease;
  private final HttpServletResponse response;
  private final byte[] single = new byte[1];
  private int status = HttpServletResponse.SC_OK;
  private boolean headShown;
  private volatile boolean clientGone;

  /** A meter of what is written to the container's response. */
  AnswerMeter(Lease lease, HttpServletResponse response) {
    this.lease = lease;
    this.response = response;
  }

  /** Notes the status, for answers that end without a body of the app's own. */
  void status(int code) {
    status = code;
  }

  /** Notes that the client could not be written to. */
  void clientIsGone() {
    clientGone = true;
  }

  boolean isClientGone() {
    return clientGone;
  }

  void bytes(byte[] bytes, int offset, int length) {
    if (!headShown) {
      headShown = true;
      lease.answer(
          response.getStatus(), response.getContentType(), response.getHeader("Content-Encoding"));
    }
    lease.meter(bytes, offset, length);
  }

  void oneByte(int value) {
    single[0] = (byte) value;
    bytes(single, 0, 1);
  }

  /** Shows characters as UTF-8, whatever the answer's charset is. */
  void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    bytes(bytes, 0, bytes.length);
  }

  /** The answer is complete; the response is not touched, it may already be another call's. */
  void end() {
    if (!headShown) {
      headShown = true;
      lease.answer(status, null, null);
    }
  }
}
