package io.ostiary.core;

import java.util.Iterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the head of a call says of a body that the guard reads. */
final class BodyLabels {

  private BodyLabels() {}

  /** Why the content cannot be made out, in a few words; {@code null} if it can. */
  static @Nullable String codingTrouble(Call call) {
    Iterator<String> codings = call.headers("Content-Encoding");
    if (!codings.hasNext()) {
      return null;
    }
    String only = codings.next();
    boolean known = isIdentity(only) || Coding.of(only) != null;
    return known && !codings.hasNext() ? null : "Content-Encoding is not supported here";
  }

  /** How the content is coded, or {@code null} if it is not; good for calls without {@link #codingTrouble}. */
  static @Nullable Coding coding(Call call) {
    String coding = call.header("Content-Encoding");
    return coding == null ? null : Coding.of(coding);
  }

  private static boolean isIdentity(String coding) {
    return coding.strip().equalsIgnoreCase("identity");
  }

  /**
   * Why the app might read other characters or other fields in the body than the guard does, in a few words; {@code null} if it
   * cannot.
   *
   * @param asForm whether the guard reads a form, and else JSON
   */
  static @Nullable String typeTrouble(Call call, boolean asForm) {
    Iterator<String> types = call.headers("Content-Type");
    if (!types.hasNext()) {
      return null;
    }
    String type = types.next().toLowerCase(Locale.ROOT);
    if (types.hasNext()) {
      return "Content-Type is given more than once";
    }
    if (!asForm && MediaType.isForm(type)) {
      return "JSON was expected, and a form came";
    }
    return MediaType.isUtf8(type) ? null : "the charset must be UTF-8";
  }
}
