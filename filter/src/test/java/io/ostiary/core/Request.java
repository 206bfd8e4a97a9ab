package io.ostiary.core;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as a test writes it down; counts the body bytes that were read. */
final class Request implements Call, BodySource {

  private final String method;
  private final String path;
  private final List<Header> headers = new ArrayList<>();
  private String peer = "127.0.0.1";
  private byte[] body = {};
  private boolean chunked;
  private boolean multiplexed;
  private boolean upgrading;
  private long declared = -1;
  int bytesRead;

  private Request(String method, String path) {
    this.method = method;
    this.path = path;
  }

  static Request of(String method, String path) {
    return new Request(method, path);
  }

  static Request get(String path) {
    return new Request("GET", path);
  }

  static Request post(String path, String json) {
    return unlabelled(path, json).header("Content-Type", "application/json");
  }

  /** A request that does not say of what type its body is. */
  static Request unlabelled(String path, String body) {
    Request request = new Request("POST", path);
    request.body = body.getBytes(StandardCharsets.UTF_8);
    return request;
  }

  /** A request with a body of bytes, without a type. */
  static Request bytes(String path, byte[] body) {
    Request request = new Request("POST", path);
    request.body = body.clone();
    return request;
  }

  /** A chat call on a model with an output cap; the prompt is this many bytes long. */
  static Request chat(String model, int promptBytes, int maxTokens) {
    return post(
        "/v1/chat/completions",
        "{\"model\":\""
            + model
            + "\",\"prompt\":\""
            + "x".repeat(promptBytes)
            + "\",\"max_tokens\":"
            + maxTokens
            + "}");
  }

  Request key(String key) {
    return header("Authorization", "Bearer " + key);
  }

  Request header(String name, String value) {
    headers.add(new Header(name, value));
    return this;
  }

  Request from(String address) {
    peer = address;
    return this;
  }

  Request chunked() {
    chunked = true;
    return header("Transfer-Encoding", "chunked");
  }

  /** As over HTTP/2, where the body's length need not be told, nor that there is one. */
  Request multiplexed(String body) {
    this.body = body.getBytes(StandardCharsets.UTF_8);
    multiplexed = true;
    return this;
  }

  /** About to stop speaking HTTP. */
  Request upgrading() {
    upgrading = true;
    return this;
  }

  Request declaring(long length) {
    declared = length;
    return this;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String rawPath() {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  @Override
  public @Nullable String resolvedPath() {
    return null;
  }

  @Override
  public @Nullable String query() {
    int query = path.indexOf('?');
    return query < 0 ? null : path.substring(query + 1);
  }

  @Override
  public String peer() {
    return peer;
  }

  @Override
  public @Nullable String header(String name) {
    Iterator<String> lines = headers(name);
    return lines.hasNext() ? lines.next() : null;
  }

  @Override
  public Iterator<String> headers(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .iterator();
  }

  @Override
  public long declaredLength() {
    if (declared >= 0) {
      return declared;
    }
    boolean undeclared = chunked || multiplexed || (body.length == 0 && !method.equals("POST"));
    return undeclared ? -1 : body.length;
  }

  @Override
  public boolean asksForUpgrade() {
    return upgrading;
  }

  @Override
  public boolean isMultiplexed() {
    return multiplexed;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(body) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        int read = super.read(into, offset, length);
        bytesRead += Math.max(0, read);
        return read;
      }
    };
  }
}
