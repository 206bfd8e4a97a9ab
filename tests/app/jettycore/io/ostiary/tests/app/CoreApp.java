package io.ostiary.tests.app;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers as the request's headers say. */
final class CoreApp extends Handler.Abstract {

  CoreApp(InvocationType type) {
    super(type);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = Request.getPathInContext(request);
    if (path.endsWith("/hits")) {
      String query = request.getHttpURI().getQuery();
      Content.Sink.write(response, true, Integer.toString(CoreHits.of(query)), callback);
      return true;
    }
    CoreHits.count(request.getHeaders().get("X-Test"));
    if (path.contains("/play")) {
      new Play(request, response, callback).begin();
      return true;
    }
    if (path.contains("/head") || path.contains("/models/")) {
      tellHead(request, response, callback);
      return true;
    }
    if (path.contains("/trouble/")) {
      return new Trouble(request, response, callback).of(path.substring(path.lastIndexOf('/') + 1));
    }
    return false;
  }

  private static void tellHead(Request request, Response response, Callback callback) {
    StringBuilder told = new StringBuilder();
    told.append(request.getHttpURI().getPathQuery()).append('\n');
    told.append(Request.getPathInContext(request)).append('\n');
    told.append(request.getLength()).append('\n');
    told.append(request.getClass().getSimpleName()).append(' ');
    told.append(response.getClass().getSimpleName()).append(' ');
    told.append(callback.getClass().getSimpleName()).append('\n');
    request.getHeaders().forEach(field -> told.append(field).append('\n'));
    Content.Sink.write(response, true, told.toString(), callback);
  }

  /**
   * An answer of type {@code X-Type} that leaves in pieces of {@code X-Cut} bytes, {@code X-Times} over, with a pause of {@code
   * X-Pause} milliseconds before each; on a thread of its own if {@code X-Via} says so.
   */
  private static final class Play extends Callback.Nested implements Runnable {

    private final Request request;
    private final Response response;
    private final String test;
    private final byte[] text;
    private final int cut;
    private final long pause;
    private int times;
    private int at;

    Play(Request request, Response response, Callback callback) {
      super(callback);
      this.request = request;
      this.response = response;
      test = header("X-Test", "none");
      text = Base64.getDecoder().decode(header("X-Play", ""));
      cut = Integer.parseInt(header("X-Cut", "1000000"));
      times = Integer.parseInt(header("X-Times", "1"));
      pause = Long.parseLong(header("X-Pause", "0"));
    }

    private String header(String name, String otherwise) {
      String value = request.getHeaders().get(name);
      return value == null ? otherwise : value;
    }

    void begin() {
      response.setStatus(Integer.parseInt(header("X-Status", "200")));
      String type = header("X-Type", "");
      if (!type.isEmpty()) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
      }
      if (header("X-Via", "").equals("thread")) {
        new Thread(this).start();
      } else {
        run();
      }
    }

    @Override
    public void run() {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
      int to = Math.min(text.length, at + cut);
      byte[] piece = Arrays.copyOfRange(text, at, to);
      at = to;
      if (at == text.length && --times > 0) {
        at = 0;
      }
      boolean last = times <= 0 && request.getHeaders().get("X-Open") == null;
      response.write(last, ByteBuffer.wrap(piece), this);
    }

    @Override
    public void succeeded() {
      CoreHits.count(test + "-taken");
      if (times > 0) {
        run();
      } else {
        getCallback().succeeded();
      }
    }

    @Override
    public void failed(Throwable cause) {
      CoreHits.count(test + "-stopped");
      getCallback().failed(cause);
    }
  }

  /** Ways to fail. */
  private record Trouble(Request request, Response response, Callback callback) {

    boolean of(String kind) throws Exception {
      switch (kind) {
        case "false" -> {
          return false;
        }
        case "throw" -> throw new IllegalStateException("a secret of the app");
        case "bad" -> throw new BadMessageException(415, "no such form");
        case "error" -> throw new AssertionError("a secret of the app");
        case "failed" -> callback.failed(new IllegalStateException("a secret of the app"));
        case "later" ->
            new Thread(() -> callback.failed(new IllegalStateException("a secret of the app")))
                .start();
        case "write-error" -> Response.writeError(request, response, callback, 409, "it is taken");
        case "status" -> {
          response.setStatus(503);
          callback.succeeded();
        }
        case "html" -> page("text/html", "<h1>Gone</h1>");
        case "json" -> page("application/json", "{\"detail\":\"it is taken\"}");
        case "recovers" -> recover(() -> response.write(true, bytes("}"), callback));
        case "recovers-late" -> recover(callback::succeeded);
        case "retyped" ->
            begin(
                () -> {
                  response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
                  response.write(true, bytes("}"), callback);
                });
        case "begun" -> {
          response.write(false, bytes("begun"), new Then(callback, true));
        }
        case "stream" -> {
          response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
          response.write(false, bytes("data: {}\n\n"), new Then(callback, true));
        }
        case "twice" -> {
          Content.Sink.write(response, true, "once", new Then(callback, false));
        }
        default -> Response.writeError(request, response, callback, 404);
      }
      return true;
    }

    private void page(String type, String text) {
      response.setStatus(410);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
      response.write(
          false,
          bytes(text.substring(0, 5)),
          Callback.from(
              () -> response.write(true, bytes(text.substring(5)), callback), callback::failed));
    }

    /** Begins an error, of which it makes something else at once. */
    private void recover(Runnable then) {
      begin(
          () -> {
            response.setStatus(200);
            then.run();
          });
    }

    private void begin(Runnable then) {
      response.setStatus(500);
      response.write(false, bytes("{"), Callback.from(then, callback::failed));
    }

    private static ByteBuffer bytes(String text) {
      return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Fails after what was written, or completes twice. */
  private static final class Then extends Callback.Nested {

    private final boolean fails;

    Then(Callback callback, boolean fails) {
      super(callback);
      this.fails = fails;
    }

    @Override
    public void succeeded() {
      if (fails) {
        getCallback().failed(new IllegalStateException("a secret of the app"));
        return;
      }
      getCallback().succeeded();
      try {
        getCallback().succeeded();
        getCallback().failed(new IllegalStateException("twice"));
      } catch (IllegalStateException completed) {
        // So early releases say.
      }
    }
  }
}
