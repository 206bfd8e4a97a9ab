package io.ostiary.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Finds a field among the pairs of a form in {@code application/x-www-form-urlencoded}, in one pass and without copying it. */
final class FormPair {

  /** How long an encoded value may be to be still read, in bytes. */
  private static final int LONGEST = 3 * 1024;

  /** How long one character of a name may be that differs only in case: three bytes, each percent-encoded. */
  private static final int LONGEST_CHARACTER = 9;

  private final BodyCursor cursor;
  private final String name;
  private final byte[] nameBytes;
  private final byte[] valueBytes = new byte[LONGEST];
  private SentForm.Field found = SentForm.ABSENT;

  private FormPair(Body body, String name) {
    this.cursor = new BodyCursor(body, 8 * 1024);
    this.name = name;
    this.nameBytes = new byte[LONGEST_CHARACTER * name.length()];
  }

  static SentForm.Field find(Body body, String name) {
    FormPair pairs = new FormPair(body, name);
    while (pairs.cursor.peek() >= 0 && !(pairs.found instanceof SentForm.Field.Unclear)) {
      pairs.pair();
    }
    return pairs.found;
  }

  private void pair() {
    int length = readUntil('=', nameBytes);
    if (length < 0) {
      readUntil('&', nameBytes);
      cursor.take('&');
      return;
    }
    byte[] encoded = Arrays.copyOf(nameBytes, length);
    String written = UrlEncoding.decode(encoded.clone(), 0, length, StandardCharsets.UTF_8);
    if (!UrlEncoding.isWellFormed(encoded)) {
      found = new SentForm.Field.Unclear("in a form with a name that is badly encoded");
    }
    cursor.take('=');
    long from = cursor.position();
    int valueLength = readUntil('&', valueBytes);
    long to = cursor.position();
    if (written.equalsIgnoreCase(name)) {
      take(written, valueLength, from, to);
    }
    cursor.take('&');
  }

  /** Reads up to this sign, or to the end of the pair; answers how much that was, or −1 if more than there is room for. */
  private int readUntil(int sign, byte[] into) {
    int length = 0;
    while (cursor.peek() >= 0 && cursor.peek() != sign && cursor.peek() != '&') {
      int value = cursor.next();
      if (length < into.length) {
        into[length] = (byte) value;
      }
      length++;
    }
    return length > into.length ? -1 : length;
  }

  private void take(String written, int length, long from, long to) {
    if (found != SentForm.ABSENT) {
      found = new SentForm.Field.Unclear("given more than once");
    } else if (!written.equals(name)) {
      found = new SentForm.Field.Unclear("written in another case");
    } else if (length < 0) {
      found = new SentForm.Field.Unclear("too long");
    } else {
      found = value(Arrays.copyOf(valueBytes, length), from, to);
    }
  }

  private static SentForm.Field value(byte[] encoded, long from, long to) {
    if (!UrlEncoding.isWellFormed(encoded)) {
      return new SentForm.Field.Unclear("badly encoded");
    }
    String text = UrlEncoding.decode(encoded, 0, encoded.length, StandardCharsets.UTF_8);
    return text.indexOf(SentForm.REPLACEMENT) >= 0
        ? new SentForm.Field.Unclear("not UTF-8")
        : new SentForm.Field.One(text, from, to);
  }
}
