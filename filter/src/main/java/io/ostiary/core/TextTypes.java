package io.ostiary.core;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which content types are texts whose charset, where none is named, is taken to be UTF-8. */
public final class TextTypes {

  private TextTypes() {}

  /** Whether an answer of this type is labelled as UTF-8, whichever way its bytes are written. */
  public static boolean isText(String contentType) {
    String type = baseOf(contentType);
    return type.startsWith("text/")
        || isJson(type)
        || type.equals("application/javascript")
        || type.equals("application/x-ndjson")
        || type.equals("application/ndjson")
        || type.equals("application/jsonl")
        || type.equals("application/json-seq");
  }

  /**
   * Whether characters written as this type become UTF-8. XML is among them, but not among those that are labelled: its bytes
   * name their own encoding.
   */
  public static boolean isTextWhenWritten(@Nullable String contentType) {
    if (contentType == null) {
      return true;
    }
    String type = baseOf(contentType);
    return isText(type) || type.equals("application/xml") || type.endsWith("+xml");
  }

  /** Whether a request's body of this type, without a charset, is read as UTF-8. */
  public static boolean isReadAsUtf8(@Nullable String contentType) {
    return contentType != null
        && (isJson(baseOf(contentType)) || isForm(contentType) || isMultipart(contentType));
  }

  public static boolean isForm(@Nullable String contentType) {
    return contentType != null && baseOf(contentType).equals("application/x-www-form-urlencoded");
  }

  public static boolean isMultipart(@Nullable String contentType) {
    return contentType != null && baseOf(contentType).equals("multipart/form-data");
  }

  /** Whether a charset is named, also a wrong one. */
  public static boolean namesCharset(String contentType) {
    return contentType.indexOf(';') >= 0
        && contentType.toLowerCase(Locale.ROOT).contains("charset=");
  }

  private static boolean isJson(String type) {
    return type.equals("application/json") || type.endsWith("+json");
  }

  private static String baseOf(String contentType) {
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).trim().toLowerCase(Locale.ROOT);
  }
}
