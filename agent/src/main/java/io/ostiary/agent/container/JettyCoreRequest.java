package io.ostiary.agent.container;

import io.ostiary.core.Body;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The request as a handler of Jetty's core sees an admitted call: with the head that it is to see, and the body that the guard
 * has read, as if it came from the network.
 */
final class JettyCoreRequest extends Request.Wrapper {

  private static final int LARGEST_CHUNK = 16 * 1024;

  private final JettyCoreHead head;
  private final @Nullable Body body;
  private final JettyCoreBody source;
  private final Callback callback;
  private volatile long position;

  /**
   * A request.
   *
   * @param body what has been read, or {@code null} if nothing was asked for
   * @param source where what comes after that is read
   * @param callback of the call, for a handler that fails when it is told of what there is
   */
  JettyCoreRequest(
      Request request,
      JettyCoreHead head,
      @Nullable Body body,
      JettyCoreBody source,
      Callback callback) {
    super(request);
    this.callback = callback;
    this.head = head;
    this.body = body;
    this.source = source;
  }

  @Override
  public HttpFields getHeaders() {
    return head.headers();
  }

  @Override
  public HttpURI getHttpURI() {
    return head.uri();
  }

  @Override
  public long getLength() {
    return head.length();
  }

  /** What has been read is given to the app by others, and must not be read here once more. */
  void isReplayedElsewhere() {
    Body replayed = body;
    if (replayed != null) {
      position = replayed.length();
    }
  }

  @Override
  public Content.@Nullable Chunk read() {
    Body replayed = body;
    if (replayed == null) {
      return super.read();
    }
    long at = position;
    long left = replayed.length() - at;
    boolean goesOn = replayed.rest() != null;
    if (left <= 0) {
      return goesOn ? source.rest() : Content.Chunk.EOF;
    }
    byte[] bytes = new byte[(int) Math.min(left, LARGEST_CHUNK)];
    int read = replayed.read(at, bytes, 0, bytes.length);
    position = at + read;
    return Content.Chunk.from(ByteBuffer.wrap(bytes, 0, read), read == left && !goesOn);
  }

  /** What is there is told of on another thread, as Jetty does: who asks for each piece anew must not go deeper with each. */
  @Override
  public void demand(Runnable told) {
    Body replayed = body;
    boolean isThere =
        replayed != null
            && (position < replayed.length() || replayed.rest() == null || source.hasRest());
    if (isThere) {
      getContext().execute(() -> tell(told));
    } else {
      super.demand(told);
    }
  }

  private void tell(Runnable told) {
    try {
      told.run();
    } catch (Throwable thrown) {
      callback.failed(thrown);
    }
  }

  @Override
  public boolean consumeAvailable() {
    Body replayed = body;
    if (replayed == null) {
      return super.consumeAvailable();
    }
    position = replayed.length();
    source.letGo();
    return super.consumeAvailable();
  }
}
