package io.ostiary.core;

import java.util.function.Predicate;

/**
 * The path of one call, as the guard reads it, and whether others may read it differently.
 *
 * <p>A path is clear if every decoder reads the same in it. It is not clear if it has an encoded or reversed slash, an empty
 * segment, a segment of dots only, a control character, a malformed or a double escape, text that is not UTF-8, an encoded
 * {@code ;}, {@code ?} or {@code #}, or any of these in a parameter. Plain parameters such as {@code ;jsessionid=1A} are left
 * out and harm nothing.
 */
final class RequestPath {

  private final String raw;
  private final String spelled;
  private final String text;
  private final boolean clear;

  private RequestPath(String raw, String spelled, String text, boolean clear) {
    this.raw = raw;
    this.spelled = spelled;
    this.text = text;
    this.clear = clear;
  }

  static RequestPath of(Call call) {
    String raw = call.rawPath();
    String resolved = call.resolvedPath();
    if (PathDecoder.isPlain(raw)) {
      return new RequestPath(raw, raw, resolved == null ? raw : resolved, true);
    }
    PathDecoder decoder = new PathDecoder(raw);
    String spelled = decoder.text();
    return new RequestPath(raw, spelled, resolved == null ? spelled : resolved, decoder.isClear());
  }

  /**
   * The path that is matched and named in answers: decoded, without parameters; what the container resolved, where it did.
   */
  String text() {
    return text;
  }

  /** What the request line has. */
  String raw() {
    return raw;
  }

  /** What the request line has, for messages: in one line, and at most some hundred characters of it. */
  String sent() {
    return Problems.printable(raw);
  }

  /** What the request line says by itself; other than {@link #text} where the container went its own way. */
  String spelled() {
    return spelled;
  }

  /** Whether there is one reading of what the request line says. */
  boolean isClear() {
    return clear;
  }

  /** Whether someone may read something wanted in the request line. */
  boolean mayRead(Predicate<String> wanted) {
    return PathReadings.any(raw, wanted);
  }
}
