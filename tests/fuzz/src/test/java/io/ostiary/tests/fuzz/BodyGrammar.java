package io.ostiary.tests.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Draws bodies, with what the head says of them. */
final class BodyGrammar {

  private final Dice dice;
  private final Case.Draft draft;

  BodyGrammar(Dice dice, Case.Draft draft) {
    this.dice = dice;
    this.draft = draft;
  }

  void json() {
    byte[] bytes = charset(new JsonGrammar(dice).document());
    type("application/json");
    send(coded(bytes));
  }

  void multipart() {
    MultipartGrammar form = new MultipartGrammar(dice);
    draft.header("Content-Type", form.type());
    send(coded(form.body().getBytes(StandardCharsets.ISO_8859_1)));
  }

  void form() {
    StringBuilder form = new StringBuilder();
    int fields = 1 + dice.below(3);
    int named = dice.below(fields);
    for (int i = 0; i < fields; i++) {
      form.append(i == 0 ? "" : dice.mostly(15, "&", ";", "&&", "\r\n", "&amp;", "%26"));
      form.append(
          i == named || dice.oneIn(12)
              ? pair(dice)
              : dice.of("a=1", "b", "=", "x=%zz", "c=model%3Dbeta"));
    }
    type("application/x-www-form-urlencoded");
    send(coded(form.toString().getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** A pair of a form or a query. */
  static String pair(Dice dice) {
    String value =
        dice.mostly(
            4,
            "alpha",
            "beta",
            "best",
            "team-a",
            "worst",
            "",
            "alph%61",
            "%61lpha",
            "alpha%00",
            "alpha+",
            "+alpha",
            "alpha%",
            "alpha%0",
            "al%u0070ha",
            "alpha%ff",
            "%C1%A1lpha",
            "alpha=beta",
            "alpha;model=beta",
            "ALPHA",
            "bet%61",
            "alpha%26model=beta",
            "alpha#x",
            "alpha\u00e9",
            "alpha%20");
    String name =
        dice.mostly(
            8,
            "model",
            "mod%65l",
            "%6dodel",
            "Model",
            "MODEL",
            "model%00",
            "model+",
            "+model",
            "model%20",
            "model[]",
            "model[0]",
            "m%u006fdel",
            "%C1%ADodel",
            "model.",
            "mode%",
            "mode%6",
            "mode%6C",
            "mode%6c",
            "_model",
            "mo+del",
            "%EF%BB%BFmodel",
            "models");
    return name + dice.mostly(20, "=", "", "==", "%3D", ":") + value;
  }

  private void type(String usual) {
    if (dice.oneIn(8)) {
      for (int i = dice.below(3); i > 0; i--) {
        draft.header(
            "Content-Type",
            dice.of(
                usual,
                usual + "; charset=utf-8",
                usual + ";charset=UTF-16",
                usual + "; charset=\"utf-16le\"",
                usual + "; charset=iso-8859-1",
                usual + "; charset=utf-7",
                usual + "; charset=x",
                usual + ";charset=utf-8;charset=utf-16",
                "text/plain",
                "text/plain; charset=utf-16",
                "application/json",
                "application/x-www-form-urlencoded",
                "application/x-www-form-urlencoded; charset=utf-16be",
                "Application/X-WWW-Form-Urlencoded",
                "multipart/form-data; boundary=b",
                "application/octet-stream",
                "application/vnd.api+json",
                "*/*",
                "json",
                usual + ", text/plain",
                usual + "; charset=cp037",
                ""));
      }
    } else {
      draft.header("Content-Type", usual);
    }
  }

  private byte[] charset(String text) {
    byte[] usual = text.getBytes(StandardCharsets.ISO_8859_1);
    if (!dice.oneIn(15)) {
      return usual;
    }
    Charset other =
        Charset.forName(
            dice.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-16", "UTF-8", "IBM037"));
    return dice.of(
        ("\ufeff" + text).getBytes(other),
        text.getBytes(other),
        join(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, usual),
        join(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, usual),
        join(new byte[] {(byte) 0xff, (byte) 0xfe}, usual),
        join(new byte[] {0, 0, (byte) 0xfe, (byte) 0xff}, usual));
  }

  private static byte[] join(byte[] one, byte[] other) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(one);
    joined.writeBytes(other);
    return joined.toByteArray();
  }

  private byte[] coded(byte[] plain) {
    if (!dice.oneIn(6)) {
      return plain;
    }
    String coding =
        dice.mostly(
            3,
            "gzip",
            "deflate",
            "x-gzip",
            "GZIP",
            "gzip, gzip",
            "deflate, gzip",
            "identity",
            "br",
            "gzip,",
            ", gzip",
            "gzip;q=1",
            "identity, gzip",
            "gzip identity",
            "zstd",
            "");
    draft.header("Content-Encoding", coding);
    if (dice.oneIn(20)) {
      draft.header("Content-Encoding", dice.of("gzip", "identity", "deflate"));
    }
    byte[] other = new JsonGrammar(dice).document().getBytes(StandardCharsets.ISO_8859_1);
    byte[] packed =
        coding.toLowerCase(Locale.ROOT).contains("deflate")
            ? deflated(plain, dice.oneIn(4))
            : gzipped(plain);
    return dice.mostly(
        3,
        packed,
        plain,
        gzipped(packed),
        join(packed, gzipped(other)),
        join(gzipped(new byte[0]), packed),
        join(packed, other),
        join(packed, new byte[] {0}),
        Arrays.copyOf(packed, dice.below(packed.length + 1)),
        Arrays.copyOf(packed, Math.max(0, packed.length - 1 - dice.below(8))),
        flipped(packed),
        deflated(plain, true),
        deflated(plain, false),
        gzipped(other));
  }

  private byte[] flipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    flipped[dice.below(flipped.length)] ^= (byte) (1 << dice.below(8));
    return flipped;
  }

  private interface Packing {
    OutputStream into(OutputStream out) throws IOException;
  }

  private static byte[] gzipped(byte[] plain) {
    return packed(plain, GZIPOutputStream::new);
  }

  private static byte[] deflated(byte[] plain, boolean bare) {
    return packed(plain, out -> new DeflaterOutputStream(out, new Deflater(-1, bare)));
  }

  private static byte[] packed(byte[] plain, Packing packing) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = packing.into(packed)) {
      out.write(plain);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return packed.toByteArray();
  }

  private void send(byte[] body) {
    if (dice.oneIn(4)) {
      draft.header("Transfer-Encoding", "chunked").body(chunked(body));
    } else if (dice.oneIn(80)) {
      // What is missing never comes; what is too much is another request.
      draft.header(
          "Content-Length", Integer.toString(Math.max(0, body.length + dice.below(9) - 4)));
      draft.body(body).last();
    } else {
      draft.header("Content-Length", Integer.toString(body.length)).body(body);
    }
  }

  private byte[] chunked(byte[] body) {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    int at = 0;
    while (at < body.length) {
      int size = Math.min(body.length - at, dice.oneIn(3) ? 1 : 1 + dice.below(64));
      write(
          wire,
          Integer.toHexString(size) + dice.mostly(10, "", ";x=y", ";x=\"a\"", " ", ";") + "\r\n");
      wire.write(body, at, size);
      write(wire, "\r\n");
      at += size;
    }
    write(wire, "0\r\n" + dice.mostly(10, "", "X-Model: beta\r\n") + "\r\n");
    return wire.toByteArray();
  }

  private static void write(ByteArrayOutputStream wire, String text) {
    wire.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
