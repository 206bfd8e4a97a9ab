package io.ostiary.core;

/** What a {@code Content-Type} says, as far as the guard must know (RFC 9110 section 8.3). Arguments are in lower case. */
final class MediaType {

  private MediaType() {}

  /** JSON or a type built on it (RFC 6839 section 3.1). */
  static boolean isJson(String contentType) {
    String type = essence(contentType);
    return type.equals("application/json") || type.endsWith("+json") || type.equals("text/json");
  }

  static boolean isText(String contentType) {
    return contentType.startsWith("text/");
  }

  /** Whether a body labelled so is read as UTF-8 by everybody: by its charset, or for want of one. */
  static boolean isUtf8(String contentType) {
    int at = contentType.indexOf("charset=");
    if (at < 0) {
      return true;
    }
    String charset = contentType.substring(at + "charset=".length());
    int end = charset.indexOf(';');
    charset =
        (end < 0 ? charset : charset.substring(0, end)).replace("\"", "").replace("'", "").strip();
    return charset.equals("utf-8") || charset.equals("utf8") || charset.equals("us-ascii");
  }

  private static String essence(String contentType) {
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).strip();
  }
}
