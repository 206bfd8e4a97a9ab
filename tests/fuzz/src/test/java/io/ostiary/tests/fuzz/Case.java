package io.ostiary.tests.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One request.
 *
 * @param wire every byte of it
 * @param isLast whether nothing can follow it on its connection, which is half closed behind it
 */
@SuppressWarnings("ArrayRecordComponent")
record Case(byte[] wire, boolean isLast) {

  /** Puts one together; texts are sent as ISO-8859-1, a character an octet. */
  static final class Draft {

    private final StringBuilder head = new StringBuilder();
    private byte[] body = new byte[0];
    private boolean isLast;

    Draft(String method, String target) {
      head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: a\r\n");
    }

    Draft header(String name, String value) {
      head.append(name).append(": ").append(value).append("\r\n");
      return this;
    }

    Draft last() {
      isLast = true;
      return this;
    }

    Draft body(byte[] bytes) {
      body = bytes;
      return this;
    }

    Case done() {
      ByteArrayOutputStream wire = new ByteArrayOutputStream();
      wire.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      wire.writeBytes(body);
      return new Case(wire.toByteArray(), isLast);
    }
  }
}
