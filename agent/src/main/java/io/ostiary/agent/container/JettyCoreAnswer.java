package io.ostiary.agent.container;

import io.ostiary.core.AppErrors;
import io.ostiary.core.Decision;
import io.ostiary.core.Header;
import io.ostiary.core.Lease;
import io.ostiary.core.Refusal;
import io.ostiary.core.TextTypes;
import io.ostiary.core.UnzippedAnswer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The response as a handler of Jetty's core sees an admitted call: texts without a charset are labelled as UTF-8, the bytes pass
 * a meter where they decide what the call is charged, and errors are held back until it is known whether they are told anew. Of
 * a long one it is decided by its beginning. Handlers write one thing at a time.
 */
final class JettyCoreAnswer extends Response.Wrapper {

  private static final int MOST_HELD = 16 * 1024;
  private static final String UTF_8_PARAMETER = ";charset=utf-8";
  private static final String STOPPED = "The answer was ended: a limit has no tokens left for it.";

  private final JettyCoreExchange exchange;
  private final Lease lease;
  private final boolean repairsText;
  private final List<Header> headers;
  private final @Nullable AppErrors errors;
  private byte[] held = {};
  private int length;

  /** Looks into what a handler further in has zipped, or {@code null}. */
  private volatile @Nullable UnzippedAnswer zipped;

  /** The app's own answer goes its way. */
  private volatile boolean begun;

  /** The client has been answered in the app's place. */
  private volatile boolean answered;

  /** A budget has ended the answer. */
  private volatile boolean stopped;

  JettyCoreAnswer(
      Request request, Response response, JettyCoreExchange exchange, Decision.Admit admit) {
    super(request, response);
    this.exchange = exchange;
    this.lease = admit.lease();
    this.repairsText = admit.repairsText();
    this.headers = admit.headers();
    this.errors = admit.errors();
  }

  /** Whether the client has a whole answer, whatever the app still says. */
  boolean isWhole() {
    return answered || stopped;
  }

  @Override
  public void write(boolean last, @Nullable ByteBuffer bytes, @Nullable Callback callback) {
    if (exchange.isHandedOver()) {
      super.write(last, bytes, callback);
      return;
    }
    Callback written = Objects.requireNonNullElse(callback, Callback.NOOP);
    if (last && !begun && !answered && exchange.isUnawaited()) {
      tellNothing();
    }
    if (answered) {
      BufferUtil.clear(bytes);
      written.succeeded();
    } else if (stopped) {
      written.failed(new IOException(STOPPED));
    } else if (holds()) {
      hold(last, bytes, written);
    } else if (length > 0) {
      // The app has made something else of its answer since.
      release(last, bytes, written);
    } else {
      pass(last, bytes, written);
    }
  }

  // ---- errors

  private boolean holds() {
    return errors != null
        && !begun
        && AppErrors.isError(getStatus())
        && !isCommitted()
        && errors.mayReplace(type());
  }

  private @Nullable String type() {
    return getHeaders().get(HttpHeader.CONTENT_TYPE);
  }

  private void hold(boolean last, @Nullable ByteBuffer bytes, Callback written) {
    int there = bytes == null ? 0 : bytes.remaining();
    int taken = Math.min(there, MOST_HELD - length);
    if (length + taken > held.length) {
      held = Arrays.copyOf(held, Math.min(MOST_HELD, Math.max(2 * held.length, length + taken)));
    }
    if (bytes != null) {
      bytes.get(held, length, taken);
    }
    length += taken;
    if (last || taken < there) {
      decide(last && taken == there, last, bytes, written);
    } else {
      written.succeeded();
    }
  }

  private void decide(boolean isWhole, boolean last, @Nullable ByteBuffer more, Callback written) {
    Refusal answer =
        Objects.requireNonNull(errors).answer(getStatus(), type(), held, length, isWhole);
    if (answer != null) {
      BufferUtil.clear(more);
      tell(answer, written);
    } else {
      release(last, more, written);
    }
  }

  /** The app's own is to stay. */
  private void release(boolean last, @Nullable ByteBuffer more, Callback written) {
    ByteBuffer first = ByteBuffer.wrap(held, 0, length);
    length = 0;
    if (more == null || !more.hasRemaining()) {
      pass(last, first, written);
      return;
    }
    pass(
        false,
        first,
        new Callback.Nested(written) {
          @Override
          public void succeeded() {
            pass(last, more, getCallback());
          }
        });
  }

  /** Answers in the app's place. */
  private void tell(Refusal answer, Callback written) {
    answered = true;
    length = 0;
    JettyCoreRefusal.setHead(answer, getWrapped());
    exchange.write(true, ByteBuffer.wrap(answer.body()), written);
  }

  /** Ends an answer that has not begun and that nobody waits for: only the server's own access log has it. */
  private void tellNothing() {
    answered = true;
    length = 0;
    JettyCoreRefusal.setHead(JettyCoreRefusal.CLIENT_GONE, getWrapped());
    exchange.cutLine();
  }

  /** The app has completed its answer, of which all has left but what is held. */
  void finish(Callback finished) {
    if (!begun && !isWhole() && !isCommitted() && exchange.isUnawaited()) {
      tellNothing();
    }
    boolean open = !begun && !isWhole() && !isCommitted();
    if (open && errors != null && AppErrors.isError(getStatus())) {
      decide(true, true, null, finished);
      return;
    }
    if (open && length > 0) {
      release(true, null, finished);
      return;
    }
    if (open) {
      begin();
    }
    finished.succeeded();
  }

  /** Jetty's own fields may be another call's once this one has ended behind the app's back. */
  @Override
  public HttpFields.Mutable getHeaders() {
    return exchange.isOver() ? HttpFields.build() : super.getHeaders();
  }

  @Override
  public void reset() {
    length = 0;
    if (!exchange.isOver()) {
      super.reset();
    }
  }

  // ---- the app's own

  /** The head is final: what the guard has set may have been cleared by the app. */
  private void begin() {
    begun = true;
    HttpFields.Mutable fields = getHeaders();
    for (int i = 0; i < headers.size(); i++) {
      fields.put(headers.get(i).name(), headers.get(i).value());
    }
    JettyCoreRefusal.expose(fields, headers);
    String type = type();
    if (repairsText && type != null && TextTypes.isText(type) && !TextTypes.namesCharset(type)) {
      type += UTF_8_PARAMETER;
      fields.put(HttpHeader.CONTENT_TYPE, type);
    }
    if (lease.metersAnswer()) {
      String coding = fields.get(HttpHeader.CONTENT_ENCODING);
      zipped = UnzippedAnswer.of(lease, coding);
      exchange.showHead(JettyCoreDeparture.statusOf(this), type, zipped == null ? coding : null);
    }
  }

  private void pass(boolean last, @Nullable ByteBuffer bytes, Callback written) {
    if (!begun) {
      begin();
    }
    if (bytes == null || !bytes.hasRemaining() || !lease.metersAnswer()) {
      exchange.write(last, bytes, written);
    } else if (lease.mayStop()) {
      passAllowed(last, bytes, written);
    } else if (last) {
      meter(bytes.slice());
      exchange.write(true, bytes, written);
    } else {
      exchange.write(false, bytes, new Metered(written, bytes.slice()));
    }
  }

  private void meter(ByteBuffer bytes) {
    if (bytes.hasArray()) {
      meter(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    } else {
      byte[] shown = new byte[bytes.remaining()];
      bytes.get(shown);
      meter(shown, 0, shown.length);
    }
  }

  private void meter(byte[] bytes, int offset, int count) {
    UnzippedAnswer unzipped = zipped;
    if (unzipped == null) {
      lease.meter(bytes, offset, count);
    } else {
      unzipped.meter(bytes, offset, count);
    }
  }

  /** The call has ended. */
  void isOver() {
    UnzippedAnswer unzipped = zipped;
    if (unzipped != null) {
      unzipped.close();
    }
  }

  /** What may leave leaves; where that ends, the closing event follows, and the app may write no more. */
  private void passAllowed(boolean last, ByteBuffer bytes, Callback written) {
    byte[] shown = new byte[bytes.remaining()];
    bytes.duplicate().get(shown);
    int allowed = lease.meter(shown, 0, shown.length);
    if (!lease.hasStopped()) {
      exchange.write(last, bytes, written);
      return;
    }
    stopped = true;
    BufferUtil.clear(bytes);
    byte[] closing = lease.closingEvent();
    ByteBuffer end = ByteBuffer.allocate(allowed + closing.length);
    end.put(shown, 0, allowed).put(closing).flip();
    boolean cut = allowed < shown.length;
    exchange.write(
        true,
        end,
        new Callback.Nested(written) {
          @Override
          public void succeeded() {
            if (cut) {
              getCallback().failed(new IOException(STOPPED));
            } else {
              getCallback().succeeded();
            }
          }
        });
  }

  /** Shows bytes to the meter once Jetty has sent them; the last ones are shown before, since the call has ended with them. */
  private final class Metered extends Callback.Nested {

    private final ByteBuffer bytes;

    Metered(Callback written, ByteBuffer bytes) {
      super(written);
      this.bytes = bytes;
    }

    @Override
    public void succeeded() {
      meter(bytes);
      getCallback().succeeded();
    }
  }
}
