package io.ostiary.core;

import java.util.Iterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the head of a call says of a body that is read as JSON. */
final class BodyLabels {

  private BodyLabels() {}

  /**
   * Why the app might read other characters or other fields in the body than the guard does, in a few words; {@code null} if it
   * cannot.
   */
  static @Nullable String trouble(Call call) {
    Iterator<String> codings = call.headers("Content-Encoding");
    while (codings.hasNext()) {
      if (!codings.next().strip().equalsIgnoreCase("identity")) {
        return "Content-Encoding is not supported here";
      }
    }
    Iterator<String> types = call.headers("Content-Type");
    if (!types.hasNext()) {
      return null;
    }
    String type = types.next().toLowerCase(Locale.ROOT);
    if (types.hasNext()) {
      return "Content-Type is given more than once";
    }
    if (MediaType.isForm(type)) {
      return "JSON was expected, and a form came";
    }
    return MediaType.isUtf8(type) ? null : "the charset must be UTF-8";
  }
}
