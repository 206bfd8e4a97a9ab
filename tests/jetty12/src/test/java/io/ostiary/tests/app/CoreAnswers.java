package io.ostiary.tests.app;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What an app answers without a servlet. */
final class CoreAnswers {

  static final String USAGE = "{\"choices\":[],\"usage\":{\"total_tokens\":44}}";

  private static final Map<String, Integer> HITS = new ConcurrentHashMap<>();

  private CoreAnswers() {}

  /** Whether a call has been answered, or will be. */
  static boolean answer(Request request, Response response, Callback callback) throws Exception {
    String path = request.getHttpURI().getPath();
    boolean files = path.startsWith("/files/");
    if (!path.startsWith("/own/")
        && !path.equals("/hits")
        && !files
        && !path.equals("/app/by-handler")) {
      return false;
    }
    // A call that is over before it begins may be told so.
    if (Thread.currentThread().isInterrupted() && !path.endsWith("/slow")) {
      count("met-interrupted");
    }
    count(request.getHeaders().get("X-Test"));
    if (path.equals("/own/nowhere")) {
      return false;
    }
    answer(path.substring(path.lastIndexOf('/') + 1), request, response, callback);
    return true;
  }

  static void count(String test) {
    if (test != null) {
      HITS.merge(test, 1, Integer::sum);
    }
  }

  /** A model at work for as long as it was asked to be, unless it is interrupted. */
  static void sleep(String millis, String test) {
    try {
      Thread.sleep(Long.parseLong(millis));
    } catch (InterruptedException over) {
      count(test + "-interrupted");
    }
  }

  private static void answer(String way, Request request, Response response, Callback callback)
      throws Exception {
    switch (way) {
      case "hits" -> {
        Integer hits = HITS.getOrDefault(request.getHttpURI().getQuery(), 0);
        write(response, callback, "text/plain", hits.toString());
      }
      case "page.bin" ->
          write(response, callback, "application/octet-stream", "a page of some text");
      case "usage" -> write(response, callback, "application/json", USAGE);
      case "usage-later" ->
          new Thread(() -> write(response, callback, "application/json", USAGE)).start();
      case "later", "again" -> {
        String text = Content.Source.asString(request, StandardCharsets.UTF_8);
        new Thread(() -> write(response, callback, "text/event-stream", text)).start();
      }
      case "copy" -> {
        ByteBuffer body = Content.Source.asByteBuffer(request);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
        response.write(true, body, callback);
      }
      case "slow" -> {
        HttpFields fields = request.getHeaders();
        sleep(fields.get("X-Sleep"), fields.get("X-Test"));
        write(response, callback, "text/event-stream", "slow");
      }
      case "throw" -> throw new IllegalStateException("a secret");
      case "error" -> Response.writeError(request, response, callback, 503);
      default ->
          write(
              response,
              callback,
              "text/event-stream",
              Content.Source.asString(request, StandardCharsets.UTF_8));
    }
  }

  private static void write(Response response, Callback callback, String type, String text) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    Content.Sink.write(response, true, text, callback);
  }
}
