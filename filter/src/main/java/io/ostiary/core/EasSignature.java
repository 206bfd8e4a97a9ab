package io.ostiary.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The signature of one call, as the official Java SDK of PAI-EAS makes it (seen on the wire; the vendor's pages do not tell): {@code
 * Authorization: EAS } and the HMAC-SHA1, in Base64, of the method, {@code Content-MD5}, a fixed content type, {@code Date} and the
 * path from {@code /api/predict/} on. What precedes that path is not signed, nor is the query.
 *
 * @param code 20 bytes
 * @param text what they are the code of
 * @param md5 the body's MD5 in hexadecimal digits, without leading zeros
 * @param second of its date, since the epoch
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record EasSignature(byte[] code, byte[] text, String md5, long second) {

  /** What precedes the code in the header. */
  static final String SCHEME = "EAS ";

  private static final int CODE_LENGTH = 20;
  private static final String TYPE = "application/octet-stream";
  private static final String PREDICT = "/api/predict/";
  private static final String METHOD = "POST";

  /** The signature of a call, or {@code null} if something of it is missing or malformed. */
  static @Nullable EasSignature of(Call call, RequestPath path, String base64) {
    byte[] code = decoded(base64);
    String md5 = only(call.headers("Content-MD5"));
    String date = only(call.headers("Date"));
    int predict = path.text().indexOf(PREDICT);
    if (code == null
        || !call.method().equals(METHOD)
        || md5 == null
        || !isMd5(md5)
        || date == null
        || predict < 0) {
      return null;
    }
    try {
      long second =
          DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from).getEpochSecond();
      String signed = path.text().substring(predict);
      String text = String.join("\n", METHOD, md5, TYPE, date, signed);
      return new EasSignature(code, text.getBytes(StandardCharsets.UTF_8), md5, second);
    } catch (DateTimeException noDate) {
      return null;
    }
  }

  private static byte @Nullable [] decoded(String base64) {
    try {
      byte[] code = Base64.getDecoder().decode(base64);
      return code.length == CODE_LENGTH ? code : null;
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private static @Nullable String only(Iterator<String> lines) {
    String line = lines.hasNext() ? lines.next().strip() : null;
    return lines.hasNext() ? null : line;
  }

  private static boolean isMd5(String text) {
    if (text.isEmpty() || text.length() > 32) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!HexFormat.isHexDigit(c) || (c >= 'A' && c <= 'F')) {
        return false;
      }
    }
    return true;
  }

  /** By which it is known again; whoever has no token cannot choose it. */
  long fingerprint() {
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = bits << 8 | (code[i] & 0xFF);
    }
    return bits;
  }

  /** Whether a body is the one whose MD5 has been signed. */
  static boolean isOf(@Nullable Body body, String md5) {
    return trimmed(HexFormat.of().formatHex(body == null ? digests().digest() : digest(body)))
        .equals(trimmed(md5));
  }

  private static byte[] digest(Body body) {
    MessageDigest function = digests();
    byte[] piece = new byte[(int) Math.min(body.length(), 8192)];
    long at = 0;
    while (at < body.length()) {
      int read = body.read(at, piece, 0, piece.length);
      function.update(piece, 0, read);
      at += read;
    }
    return function.digest();
  }

  private static MessageDigest digests() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /** The SDK prints a number, and with it no leading zeros. */
  private static String trimmed(String hex) {
    int zeros = 0;
    while (zeros < hex.length() - 1 && hex.charAt(zeros) == '0') {
      zeros++;
    }
    return hex.substring(zeros);
  }

  @Override
  public String toString() {
    return "EasSignature";
  }
}
