package io.ostiary.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** How a body's content is coded, of what {@code Content-Encoding} may say (RFC 9110 section 8.4.1). */
enum Coding {
  /** One member of gzip's form (RFC 1952). */
  GZIP,
  /** The form of zlib (RFC 1950). Bare deflate, which some clients send by this name, could be JSON itself, and is refused. */
  DEFLATE;

  /** The coding of a name, or {@code null} for any other. */
  static @Nullable Coding of(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "gzip", "x-gzip" -> GZIP;
      case "deflate" -> DEFLATE;
      default -> null;
    };
  }

  /** The content of bytes that are known to be well coded. */
  InputStream decoded(InputStream coded) throws IOException {
    return this == GZIP ? new GZIPInputStream(coded) : new InflaterInputStream(coded);
  }

  /** Codes what is written; to be closed. */
  OutputStream encoding(OutputStream coded) throws IOException {
    return this == GZIP ? new GZIPOutputStream(coded) : new DeflaterOutputStream(coded);
  }
}
