package io.ostiary.tests.field;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a WebSocket sends back to whom it has opened itself for: a text, bytes, and a pong. */
record Echoed(int status, String text, int bytes, String pong) {

  static final String TEXT = "你好🙂".repeat(500);
  static final int BYTES = 4000;

  /** Upgrades a connection, if the server lets it, and sends a frame of each kind. */
  static Echoed of(int port, String path, String key) throws IOException {
    URI address = URI.create("ws://127.0.0.1:" + port + path);
    Heard heard = new Heard();
    WebSocket.Builder builder =
        HttpClient.newHttpClient().newWebSocketBuilder().connectTimeout(Duration.ofSeconds(20));
    if (key != null) {
      builder.header("Authorization", "Bearer " + key);
    }
    try {
      WebSocket socket = builder.buildAsync(address, heard).join();
      socket.sendText(TEXT, true).join();
      String text = heard.text.get(20, TimeUnit.SECONDS);
      socket.sendBinary(ByteBuffer.allocate(BYTES), true).join();
      int bytes = heard.bytes.get(20, TimeUnit.SECONDS);
      socket.sendPing(ByteBuffer.wrap(new byte[] {'p'})).join();
      String pong = heard.pong.get(20, TimeUnit.SECONDS);
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
      return new Echoed(101, text, bytes, pong);
    } catch (CompletionException refused) {
      if (refused.getCause() instanceof WebSocketHandshakeException no) {
        return new Echoed(no.getResponse().statusCode(), null, 0, null);
      }
      throw refused;
    } catch (InterruptedException | ExecutionException | TimeoutException silent) {
      throw new IOException(silent);
    }
  }

  private static final class Heard implements WebSocket.Listener {

    private final CompletableFuture<String> text = new CompletableFuture<>();
    private final CompletableFuture<Integer> bytes = new CompletableFuture<>();
    private final CompletableFuture<String> pong = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private int count;

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        text.complete(part.toString());
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      count += data.remaining();
      if (last) {
        bytes.complete(count);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      pong.complete(String.valueOf((char) message.get()));
      socket.request(1);
      return null;
    }
  }
}
