package io.ostiary.core;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Finds a field among the parts of a form. */
final class FormPart {

  /** How long a value may be to be still read, in bytes. */
  private static final int LONGEST = 1024;

  /** A part of this name tells the charset of those that name none (RFC 7578 section 4.6). */
  private static final String CHARSET = "_charset_";

  private FormPart() {}

  static SentForm.Field find(Body body, List<BodyPart> parts, String name) {
    SentForm.Field found = SentForm.ABSENT;
    for (BodyPart part : parts) {
      if (part.name().equalsIgnoreCase(CHARSET) && !isUtf8(body, part)) {
        return new SentForm.Field.Unclear("in a charset other than UTF-8");
      }
      if (part.name().equalsIgnoreCase(name)) {
        if (found != SentForm.ABSENT) {
          return new SentForm.Field.Unclear("given more than once");
        }
        found = value(body, part, name);
      }
    }
    return found;
  }

  private static boolean isUtf8(Body body, BodyPart part) {
    return part.length() <= LONGEST
        && MediaType.isUtf8("; charset=" + text(body, part).toLowerCase(Locale.ROOT));
  }

  private static SentForm.Field value(Body body, BodyPart part, String name) {
    if (!part.name().equals(name)) {
      return new SentForm.Field.Unclear("written in another case");
    }
    if (part.fileName() != null) {
      return new SentForm.Field.Unclear("a file");
    }
    if (part.length() > LONGEST) {
      return new SentForm.Field.Unclear("too long");
    }
    for (Header header : part.headers()) {
      if (header.name().equalsIgnoreCase("Content-Type")
          && !MediaType.isUtf8(header.value().toLowerCase(Locale.ROOT))) {
        return new SentForm.Field.Unclear("in a charset other than UTF-8");
      }
    }
    String text = text(body, part);
    return text.indexOf(SentForm.REPLACEMENT) >= 0
        ? new SentForm.Field.Unclear("not UTF-8")
        : new SentForm.Field.One(text, part.offset(), part.offset() + part.length());
  }

  private static String text(Body body, BodyPart part) {
    byte[] bytes = new byte[(int) part.length()];
    body.read(part.offset(), bytes, 0, bytes.length);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
