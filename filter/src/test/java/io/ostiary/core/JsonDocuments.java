package io.ostiary.core;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Random JSON documents, and random damage to them. */
final class JsonDocuments {

  private static final String[] NAMES = {
    "model",
    "model",
    "Model",
    "mod\\u0065l",
    "max_tokens",
    "max_to\u212Aens",
    "parameters",
    "parameters",
    "usage",
    "total_tokens",
    "stream_options",
    "include_usage",
    "stream",
    "x",
    "",
    "模型",
    "\\ud83d\\ude00",
    "messages",
    "usage.total_tokens",
    "MODEL",
    "models",
    "mode",
    "\\ud800"
  };
  private static final String[] STRINGS = {
    "qwen-max",
    "",
    "你好，世界",
    "🙂🙃",
    "a\\nb\\t\\\"\\\\\\/",
    "\\u4f60\\u597d",
    "\\ud83d\\ude42",
    "\\ud83d",
    "\\ude42",
    "\\ud83d\\u0041",
    "\\ud83dx",
    "data:image/png;base64,iVBORw0KGgo=",
    "\\u0064ata:",
    "dat",
    "plain text that is rather long, so that eight bytes fit more than once",
    "混合 mixed 文字 text",
    "\u007F",
    "é",
    "\\u0000",
    "\\b\\f\\r"
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "-1",
    "100",
    "100.0",
    "1e3",
    "1E+3",
    "1.5",
    "15e-1",
    "150e-1",
    "0.0",
    "-0.0e0",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "1e999999999",
    "1e-5",
    "0.1e1",
    "12345678901234567890123",
    "1e400",
    "3.0000000000000000000000000000000000000000001"
  };
  private static final String[] SPLINTERS = {
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "tru",
    "-",
    "0",
    "01",
    ".",
    "e",
    "\u0000",
    "\n",
    " ",
    "\\u",
    "\\ud800",
    "\"model\":",
    "\"model\":\"a\",",
    "\uFEFF",
    "//",
    "'",
    "NaN",
    "\u00A0"
  };
  private static final byte[][] BAD_UTF8 = {
    {(byte) 0xC0, (byte) 0xAF},
    {(byte) 0xE0, (byte) 0x80, (byte) 0x80},
    {(byte) 0xFF},
    {(byte) 0xFE},
    {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
    {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    {(byte) 0xF0, (byte) 0x80, (byte) 0x80, (byte) 0x80},
    {(byte) 0x80},
    {(byte) 0xE4, (byte) 0xBD},
    {(byte) 0xC2},
    {(byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80}
  };

  private final Random random;

  JsonDocuments(Random random) {
    this.random = random;
  }

  /** A valid document; mostly an object, now and then with a byte order mark. */
  byte[] valid() {
    StringBuilder out = new StringBuilder(one(50) ? "\uFEFF" : "");
    space(out);
    if (one(10)) {
      value(out, 3);
    } else {
      object(out, 4);
    }
    space(out);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The document with one to three pieces of damage, which may leave it valid. */
  byte[] damaged(byte[] document) {
    byte[] bytes = document;
    for (int i = random.nextInt(3); i >= 0; i--) {
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(Math.min(8, bytes.length - from) + 1);
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, from);
            case 1 -> spliced(bytes, from, to, new byte[0]);
            case 2 -> spliced(bytes, from, from, pick(SPLINTERS).getBytes(StandardCharsets.UTF_8));
            case 3 -> spliced(bytes, from, from, BAD_UTF8[random.nextInt(BAD_UTF8.length)]);
            case 4 -> spliced(bytes, to, to, Arrays.copyOfRange(bytes, from, to));
            default -> spliced(bytes, from, to, randomBytes());
          };
    }
    return bytes;
  }

  private byte[] randomBytes() {
    byte[] bytes = new byte[1 + random.nextInt(2)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] piece) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(piece);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }

  private void value(StringBuilder out, int depth) {
    switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0, 1, 2 -> string(out);
      case 3, 4 -> out.append(pick(NUMBERS));
      case 5 -> out.append(pick("true", "false", "null"));
      case 6 -> array(out, depth);
      default -> object(out, depth);
    }
  }

  private void string(StringBuilder out) {
    out.append('"');
    for (int i = random.nextInt(3); i >= 0; i--) {
      out.append(pick(STRINGS));
    }
    if (one(100)) {
      out.append(pick("长", "x", "data:").repeat(random.nextInt(600)));
    }
    out.append('"');
  }

  private void array(StringBuilder out, int depth) {
    out.append('[');
    for (int i = random.nextInt(4); i > 0; i--) {
      space(out);
      value(out, depth - 1);
      space(out);
      out.append(i > 1 ? "," : "");
    }
    out.append(']');
  }

  private void object(StringBuilder out, int depth) {
    out.append('{');
    space(out);
    for (int i = random.nextInt(6); i > 0; i--) {
      out.append('"').append(pick(NAMES)).append('"');
      space(out);
      out.append(':');
      space(out);
      value(out, depth - 1);
      space(out);
      out.append(i > 1 ? "," : "");
      space(out);
    }
    out.append('}');
  }

  private void space(StringBuilder out) {
    if (one(3)) {
      out.append(pick(" ", "\n", "\r\n", "\t", "          "));
    }
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
