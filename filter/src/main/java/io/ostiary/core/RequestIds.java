package io.ostiary.core;

import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A dialect's request ids: the header they travel in, the form of a new one, and the rule by which a caller's own is kept.
 * They name a call in logs and are no secret.
 */
final class RequestIds {

  /** The longest id that is echoed, in characters: what ModelArts allows for {@code x-span-id}. */
  static final int LONGEST = 64;

  /** What follows the prefix of a new id: 128 random bits. */
  enum Form {
    /** A random UUID (RFC 9562 section 5.4). */
    UUID,
    /** 32 hexadecimal digits. */
    HEX32;

    static @Nullable Form of(String text) {
      for (Form form : values()) {
        if (form.toString().equals(text)) {
          return form;
        }
      }
      return null;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String header;
  private final Form form;
  private final String prefix;
  private final LongSupplier random;

  RequestIds(String header, Form form, String prefix, LongSupplier random) {
    this.header = header;
    this.form = form;
    this.prefix = prefix;
    this.random = random;
  }

  String header() {
    return header;
  }

  /** The caller's own id if it is well formed, a new one otherwise: an odd one is never refused, only not repeated. */
  String of(Call call) {
    String given = call.header(header);
    return given != null && isWellFormed(given) ? given : next();
  }

  /** Whether the caller's own id is longer than any that is kept. */
  boolean isTooLong(Call call) {
    String given = call.header(header);
    return given != null && given.length() > LONGEST;
  }

  /** Whether an id is 1 to {@value #LONGEST} characters of {@code A-Za-z0-9._:-}, which are safe in headers and logs. */
  static boolean isWellFormed(String id) {
    if (id.isEmpty() || id.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      if (!isAllowed(id.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == ':';
  }

  private String next() {
    long high = random.getAsLong();
    long low = random.getAsLong();
    return switch (form) {
      case UUID -> prefix.concat(uuid(high, low));
      case HEX32 ->
          prefix.concat(HexFormat.of().toHexDigits(high)).concat(HexFormat.of().toHexDigits(low));
    };
  }

  /** Version 4 and the variant of the RFC, over the random bits. */
  private static String uuid(long high, long low) {
    long version = (high & ~0xf000L) | 0x4000L;
    long variant = (low & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(version, variant).toString();
  }
}
