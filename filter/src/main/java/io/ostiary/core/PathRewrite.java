package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/**
 * A path in which the model is another than the client named.
 *
 * @param sent the path as the request line has it
 * @param raw the same with the model in it
 * @param from where the model's name stood in the resolved path, context path included
 * @param to where it ended
 * @param model what stands there now
 */
public record PathRewrite(String sent, String raw, int from, int to, String model) {

  /** How a model's name may be spelt in a segment beside letters and digits (RFC 3986 section 3.3). */
  private static final String SEGMENT_SIGNS = "!$&'()*+,=:@";

  /** What no model's name may have that is put into a path: a server would take it for something else. */
  private static final String DELIMITERS = "/\\;?#%";

  /**
   * The path of a call with another model, or {@code null} where it cannot be told apart or put together safely.
   *
   * @param pattern by which the call's path was matched
   */
  static @Nullable PathRewrite of(RequestPath path, PathPattern pattern, String model) {
    String text = path.text();
    if (!path.isClear() || !path.spelled().equals(text) || !fits(model)) {
      return null;
    }
    int from = pattern.modelFrom(text);
    int to = pattern.modelTo(text);
    int segment = pattern.modelSegment(text);
    String raw = path.raw();
    int rawSegment = pattern.modelSegment(raw);
    int rawEnd = LoosePath.segmentEnd(raw, rawSegment);
    int rawFrom = rawIndex(raw, rawSegment, rawEnd, from - segment);
    int rawTo = rawIndex(raw, rawSegment, rawEnd, to - segment);
    String encoded = UrlEncoding.encode(model, SEGMENT_SIGNS);
    return new PathRewrite(
        raw, raw.substring(0, rawFrom) + encoded + raw.substring(rawTo), from, to, model);
  }

  private static boolean fits(String model) {
    return LoosePath.trimmedEnd(model, 0, model.length()) == model.length()
        && model.chars().noneMatch(c -> DELIMITERS.indexOf(c) >= 0 || c <= ' ');
  }

  /** Where so many decoded characters end in an encoded segment; parameters end it too. */
  private static int rawIndex(String raw, int from, int end, int characters) {
    int at = from;
    int seen = 0;
    while (at < end && raw.charAt(at) != ';') {
      boolean encoded = raw.charAt(at) == '%';
      int octet = encoded ? Integer.parseInt(raw, at + 1, at + 3, 16) : raw.charAt(at);
      boolean continues = encoded && (octet & 0xC0) == 0x80;
      if (!continues && seen >= characters) {
        return at;
      }
      if (!continues) {
        seen += encoded && octet >= 0xF0 ? 2 : 1;
      }
      at += encoded ? 3 : 1;
    }
    return at;
  }

  /**
   * A part of the resolved path with the model in it, or as it is if the model stands elsewhere.
   *
   * @param offset where the part begins in the resolved path
   */
  public String in(String part, int offset) {
    boolean within = from >= offset && to <= offset + part.length();
    return within ? part.substring(0, from - offset) + model + part.substring(to - offset) : part;
  }
}
