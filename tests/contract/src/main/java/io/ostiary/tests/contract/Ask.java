package io.ostiary.tests.contract;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** One HTTP/1.1 request, byte by byte as it goes out. */
public final class Ask {

  private final String method;
  private final String target;
  private final StringBuilder headers = new StringBuilder();
  private byte[] body = {};
  private int chunk;

  private Ask(String method, String target) {
    this.method = method;
    this.target = target;
  }

  public static Ask of(String method, String target) {
    return new Ask(method, target);
  }

  public static Ask get(String target) {
    return of("GET", target);
  }

  /** A call for a model, as most are. */
  static Ask chat(String key, String model) {
    return of("POST", "/v1/chat/completions").key(key).json("{\"model\":\"" + model + "\"}");
  }

  /** A call to the app that plays this answer, taken for 100 tokens of input. */
  static Ask play(String path, String key, String answer) {
    String played = Base64.getEncoder().encodeToString(answer.getBytes(StandardCharsets.UTF_8));
    String prompt = "x".repeat(400);
    return of("POST", path)
        .key(key)
        .header("X-Play", played)
        .json("{\"model\":\"qwen-max\",\"prompt\":\"" + prompt + "\"}");
  }

  /** The key with this tag, as a bearer. */
  public Ask key(String tag) {
    return header("Authorization", "Bearer " + Keys.secretOf(tag));
  }

  public Ask header(String name, Object value) {
    headers.append(name).append(": ").append(value).append("\r\n");
    return this;
  }

  public Ask json(String json) {
    return header("Content-Type", "application/json").body(json);
  }

  public Ask body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  public Ask body(byte[] bytes) {
    body = bytes;
    return this;
  }

  /** Sends the body in chunks of this size, so that its length is not declared. */
  public Ask chunked(int size) {
    chunk = size;
    return this;
  }

  public String method() {
    return method;
  }

  /** The head alone, declaring a body of a length that need not be true. */
  public String headDeclaring(long length) {
    return head() + "Content-Length: " + length + "\r\n\r\n";
  }

  /** The head alone, declaring a chunked body. */
  String headOfChunks() {
    return head() + "Transfer-Encoding: chunked\r\n\r\n";
  }

  public byte[] bytes() {
    var out = new ByteArrayOutputStream();
    if (chunk > 0) {
      out.writeBytes(headOfChunks().getBytes(StandardCharsets.US_ASCII));
      for (int at = 0; at < body.length; at += chunk) {
        out.writeBytes(chunkOf(body, at, Math.min(chunk, body.length - at)));
      }
      out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    } else {
      boolean bodiless = body.length == 0 && !method.equals("POST");
      String head = bodiless ? head() + "\r\n" : headDeclaring(body.length);
      out.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
      out.writeBytes(body);
    }
    return out.toByteArray();
  }

  static byte[] chunkOf(byte[] bytes, int offset, int length) {
    var out = new ByteArrayOutputStream();
    String size = Integer.toHexString(length).toLowerCase(Locale.ROOT) + "\r\n";
    out.writeBytes(size.getBytes(StandardCharsets.US_ASCII));
    out.write(bytes, offset, length);
    out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private String head() {
    return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers;
  }
}
