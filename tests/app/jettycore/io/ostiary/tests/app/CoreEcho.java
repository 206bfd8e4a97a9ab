package io.ostiary.tests.app;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers below {@code /echo} with the body that it was sent, read in the way that the last segment names. */
final class CoreEcho extends Handler.Abstract {

  CoreEcho(InvocationType type) {
    super(type);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = Request.getPathInContext(request);
    if (!path.contains("/echo/")) {
      return false;
    }
    CoreHits.count(request.getHeaders().get("X-Test"));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
    switch (path.substring(path.lastIndexOf('/') + 1)) {
      case "text" ->
          write(Content.Source.asString(request, StandardCharsets.UTF_8), response, callback);
      case "stream" ->
          bytes(Content.Source.asInputStream(request).readAllBytes(), response, callback);
      case "copy" -> Content.copy(request, response, callback);
      case "loop" -> new Loop(request, response, callback, false).run();
      case "each" -> new Thread(new Loop(request, response, callback, true)).start();
      case "told-throws" ->
          request.demand(
              () -> {
                throw new IllegalStateException("a secret of the app");
              });
      case "unread" -> write("unread", response, callback);
      default -> Response.writeError(request, response, callback, 404);
    }
    return true;
  }

  private static void write(String text, Response response, Callback callback) {
    Content.Sink.write(response, true, text, callback);
  }

  private static void bytes(byte[] bytes, Response response, Callback callback) {
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }

  /** Reads what there is, asks for more, and answers at the end. */
  private static final class Loop implements Runnable {

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final java.io.ByteArrayOutputStream read = new java.io.ByteArrayOutputStream();
    private boolean asksFirst;
    private final boolean asksForEach;

    Loop(Request request, Response response, Callback callback, boolean asksForEach) {
      this.request = request;
      this.response = response;
      this.callback = callback;
      this.asksForEach = asksForEach;
      this.asksFirst = asksForEach;
    }

    @Override
    public void run() {
      if (asksFirst) {
        asksFirst = false;
        request.demand(this);
        return;
      }
      while (true) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          request.demand(this);
          return;
        }
        if (Content.Chunk.isFailure(chunk)) {
          callback.failed(chunk.getFailure());
          return;
        }
        byte[] bytes = new byte[chunk.remaining()];
        chunk.getByteBuffer().get(bytes);
        read.writeBytes(bytes);
        chunk.release();
        if (chunk.isLast()) {
          response.write(true, ByteBuffer.wrap(read.toByteArray()), callback);
          return;
        }
        if (asksForEach) {
          request.demand(this);
          return;
        }
      }
    }
  }
}
