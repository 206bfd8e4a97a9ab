package io.ostiary.tests.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Leaves out of a case whatever it takes no part of to go wrong. */
final class Shrinking {

  /** Whether a case goes wrong. */
  interface Judge {
    boolean isWrong(Case asked) throws IOException;
  }

  private final Judge judge;

  Shrinking(Judge judge) {
    this.judge = judge;
  }

  /** The smallest case that could be found to go wrong as well. */
  Case of(Case asked) throws IOException {
    Case smallest = asked;
    for (int span = asked.wire().length / 2; span > 0; span /= 2) {
      for (int at = 0; at + span <= smallest.wire().length; ) {
        Case smaller = without(smallest, at, span);
        if (smaller != null && judge.isWrong(smaller)) {
          smallest = smaller;
        } else {
          at += span;
        }
      }
    }
    return smallest;
  }

  /** Within the path or the body alone, so that what is left is a request still. */
  private static Case without(Case from, int at, int span) {
    String wire = new String(from.wire(), StandardCharsets.ISO_8859_1);
    int pathEnd = wire.indexOf(" HTTP/1.1\r\n");
    int bodyStart = wire.indexOf("\r\n\r\n") + 4;
    boolean inPath = at > wire.indexOf(' ') + 1 && at + span <= pathEnd;
    boolean inBody = at >= bodyStart && !wire.contains("\r\nTransfer-Encoding: ");
    boolean isLine =
        wire.startsWith("\r\n", at - 2 < 0 ? 0 : at - 2)
            && at > pathEnd
            && wire.startsWith("\r\n", at + span - 2)
            && at + span < bodyStart;
    if (!inPath && !inBody && !isLine) {
      return null;
    }
    String rest = wire.substring(0, at) + wire.substring(at + span);
    if (inBody) {
      int length = wire.length() - bodyStart;
      rest = rest.replace("Content-Length: " + length, "Content-Length: " + (length - span));
    }
    return new Case(rest.getBytes(StandardCharsets.ISO_8859_1), from.isLast());
  }
}
