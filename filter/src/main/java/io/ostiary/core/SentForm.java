package io.ostiary.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The form that a call has sent, in parts or not, as far as the guard reads it. What the app might read in another way than the
 * guard does is unclear: a field that stands twice or in another case, a file in its place, another charset.
 */
final class SentForm {

  /** What a form says of a field. */
  sealed interface Field {

    /** Its value, and where in the body it stands as it was sent. */
    record One(String value, long from, long to) implements Field {}

    /** It does not stand there. */
    record Absent() implements Field {}

    /** It has no value that could be relied on; why, in a few words. */
    record Unclear(String why) implements Field {}
  }

  /** What stands for bytes that are not UTF-8. */
  static final char REPLACEMENT = '\ufffd';

  static final Field ABSENT = new Field.Absent();

  private final Body body;
  private final boolean inParts;
  private final List<BodyPart> parts;

  private SentForm(Body body, boolean inParts, List<BodyPart> parts) {
    this.body = body;
    this.inParts = inParts;
    this.parts = parts;
  }

  /** Whether a body of this type, in lower case, is a form of which servlets make parameters. */
  static boolean isForm(String contentType) {
    return MediaType.isForm(contentType)
        && (!contentType.startsWith("multipart/") || isInParts(contentType));
  }

  private static boolean isInParts(String contentType) {
    return contentType.startsWith("multipart/form-data");
  }

  /**
   * Reads a form.
   *
   * @throws MalformedBodyException if it is malformed or ambiguous in its parts
   */
  static SentForm of(Body body, String contentType) throws MalformedBodyException {
    boolean inParts = isInParts(contentType.toLowerCase(Locale.ROOT).strip());
    return new SentForm(
        body, inParts, inParts ? MultipartBody.parse(body, contentType) : List.of());
  }

  /**
   * Whether an app that takes JSON as well might find some in the form, by the bytes and not by the label. No form has a brace
   * as it is (WHATWG URL Standard, section 5.2), and no JSON with a name in it is without one; a form in parts begins as no JSON
   * does.
   */
  boolean mayBeJson() throws IOException {
    if (inParts) {
      return false;
    }
    try (InputStream in = body.stream()) {
      int octet = in.read();
      while (octet >= 0 && octet != '{') {
        octet = in.read();
      }
      return octet >= 0;
    }
  }

  /** The line of a list that has something of the form's text, or 0. */
  int find(WordList list) throws IOException {
    if (inParts) {
      return FormTexts.findParts(list, body, parts);
    }
    try (InputStream in = body.stream()) {
      return FormTexts.findPairs(list, in);
    }
  }

  Field field(String name) {
    return inParts ? FormPart.find(body, parts, name) : FormPair.find(body, name);
  }

  /** How a value is to stand in the body. */
  byte[] written(String value) {
    return inParts
        ? value.getBytes(StandardCharsets.UTF_8)
        : UrlEncoding.encode(value, "").getBytes(StandardCharsets.US_ASCII);
  }
}
