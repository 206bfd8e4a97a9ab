package io.ostiary.core;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of one refusal as UTF-8 bytes, with holes for what only the call tells. Filling it is nothing but copying. */
final class BodyTemplate {

  private final byte[][] literals;
  private final Hole[] holes;
  private final int[] order;
  private final int literalLength;

  private BodyTemplate(List<byte[]> literals, List<Hole> holes, List<Integer> order) {
    this.literals = literals.toArray(new byte[0][]);
    this.holes = holes.toArray(new Hole[0]);
    this.order = new int[order.size()];
    for (int i = 0; i < this.order.length; i++) {
      this.order[i] = order.get(i);
    }
    int length = 0;
    for (byte[] literal : literals) {
      length += literal.length;
    }
    this.literalLength = length;
  }

  /** The body for one call, in an array of its own. */
  byte[] fill(Facts facts, String requestId) {
    byte[][] values = new byte[holes.length][];
    for (int i = 0; i < holes.length; i++) {
      values[i] = holes[i].bytes(facts, requestId);
    }
    int length = literalLength;
    for (int hole : order) {
      length += values[hole].length;
    }
    byte[] body = new byte[length];
    int at = append(body, 0, literals[0]);
    for (int i = 0; i < order.length; i++) {
      at = append(body, at, values[order[i]]);
      at = append(body, at, literals[i + 1]);
    }
    return body;
  }

  private static int append(byte[] body, int at, byte[] part) {
    System.arraycopy(part, 0, body, at, part.length);
    return at + part.length;
  }

  /**
   * What one hole takes.
   *
   * @param slot the fact, or {@code null} for the request's id
   * @param whole whether it is a whole JSON value, a string or {@code null}, rather than a part of a string
   */
  private record Hole(@Nullable Slot slot, boolean whole) {

    /** Longer values are cut, since a client may name a model of any length and should not be sent it back. */
    private static final int LONGEST = 256;

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY = {};

    boolean is(@Nullable Slot slot, boolean whole) {
      return this.slot == slot && this.whole == whole;
    }

    byte[] bytes(Facts facts, String requestId) {
      String value = slot == null ? requestId : facts.get(slot);
      if (value == null) {
        return whole ? NULL : EMPTY;
      }
      byte[] text = JsonText.bytes(cut(value));
      return whole ? quote(text) : text;
    }

    private static String cut(String value) {
      if (value.length() <= LONGEST) {
        return value;
      }
      boolean splitsPair = Character.isHighSurrogate(value.charAt(LONGEST - 1));
      return value.substring(0, splitsPair ? LONGEST - 1 : LONGEST) + '…';
    }

    private static byte[] quote(byte[] text) {
      byte[] quoted = new byte[text.length + 2];
      quoted[0] = '"';
      System.arraycopy(text, 0, quoted, 1, text.length);
      quoted[text.length + 1] = '"';
      return quoted;
    }
  }

  /** Puts a body together from left to right. */
  static final class Builder {

    private final List<byte[]> literals = new ArrayList<>();
    private final List<Hole> holes = new ArrayList<>();
    private final List<Integer> order = new ArrayList<>();
    private final ByteArrayOutputStream literal = new ByteArrayOutputStream();

    /** Adds a piece of the JSON text itself. */
    Builder json(String text) {
      literal.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      return this;
    }

    /** Adds a hole, for a fact or, with {@code null}, for the request's id. */
    Builder hole(@Nullable Slot slot, boolean whole) {
      int index = indexOf(slot, whole);
      if (index == holes.size()) {
        holes.add(new Hole(slot, whole));
      }
      order.add(index);
      endLiteral();
      return this;
    }

    /** Where such a hole is, or is to be added. */
    private int indexOf(@Nullable Slot slot, boolean whole) {
      int at = 0;
      while (at < holes.size() && !holes.get(at).is(slot, whole)) {
        at++;
      }
      return at;
    }

    BodyTemplate build() {
      endLiteral();
      return new BodyTemplate(literals, holes, order);
    }

    private void endLiteral() {
      literals.add(literal.toByteArray());
      literal.reset();
    }
  }
}
