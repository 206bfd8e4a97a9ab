package io.ostiary.core;

/** What a {@code Content-Type} says, as far as the guard must know (RFC 9110 section 8.3). Arguments are in lower case. */
final class MediaType {

  private MediaType() {}

  /** JSON or a type built on it (RFC 6839 section 3.1). */
  static boolean isJson(String contentType) {
    String type = essence(contentType);
    return type.equals("application/json") || type.endsWith("+json") || type.equals("text/json");
  }

  /** A stream of events (WHATWG HTML, section 9.2). */
  static boolean isEventStream(String contentType) {
    return essence(contentType).equals("text/event-stream");
  }

  /** JSON documents, one a line. */
  static boolean isJsonLines(String contentType) {
    return switch (essence(contentType)) {
      case "application/x-ndjson",
          "application/ndjson",
          "application/jsonl",
          "application/x-jsonlines",
          "application/stream+json" ->
          true;
      default -> false;
    };
  }

  /** XML or a type built on it (RFC 7303). */
  static boolean isXml(String contentType) {
    String type = essence(contentType);
    return type.equals("application/xml") || type.endsWith("+xml");
  }

  static boolean isText(String contentType) {
    return contentType.startsWith("text/");
  }

  /** A form, of which servers make parameters, whatever its content is. */
  static boolean isForm(String contentType) {
    String type = essence(contentType);
    return type.equals("application/x-www-form-urlencoded") || type.startsWith("multipart/");
  }

  /**
   * Whether a body labelled so is read as UTF-8 by everybody: by its charset, or for want of one. A charset that stands twice,
   * within something else or with space around its {@code =} is found by some parsers and not by others.
   */
  static boolean isUtf8(String contentType) {
    int at = contentType.indexOf("charset");
    if (at < 0) {
      return true;
    }
    boolean found =
        at > 0
            && "; \t".indexOf(contentType.charAt(at - 1)) >= 0
            && contentType.startsWith("charset=", at)
            && contentType.indexOf("charset", at + 1) < 0;
    return found && isUtf8Name(contentType.substring(at + "charset=".length()));
  }

  private static boolean isUtf8Name(String charset) {
    int end = charset.indexOf(';');
    String name =
        (end < 0 ? charset : charset.substring(0, end)).replace("\"", "").replace("'", "").strip();
    return name.equals("utf-8") || name.equals("utf8") || name.equals("us-ascii");
  }

  private static String essence(String contentType) {
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).strip();
  }
}
