package io.ostiary.core;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What an admitted call holds until its answer is complete: its token reservation. Calls come from one thread at a time; only
 * {@link #close} may race, and only the first of its calls counts.
 */
public final class Lease {

  /** Holds nothing. */
  static final Lease NONE = new Lease(null, 0, null);

  private final @Nullable Draw draw;
  private final long input;
  private final @Nullable Log log;
  private @Nullable AnswerUsage usage;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * A lease on what was drawn.
   *
   * @param draw what has been taken, or {@code null} for nothing
   * @param input the estimate of the request's tokens
   */
  Lease(@Nullable Draw draw, long input, @Nullable Log log) {
    this.draw = draw;
    this.input = input;
    this.log = log;
    this.usage = draw != null && draw.countsTokens() ? new AnswerUsage() : null;
  }

  /** Whether the answer's bytes must pass by, because they decide what the call is charged. */
  public boolean metersAnswer() {
    return usage != null;
  }

  /**
   * The head of the answer is final; called once, before the first {@link #meter}, or before {@link #close} when the answer
   * has no body. Without it the answer is one that nobody can see, and its reservation stays charged.
   *
   * @param contentEncoding the app's own {@code Content-Encoding}, or {@code null}
   */
  public void answer(int status, @Nullable String contentType, @Nullable String contentEncoding) {
    AnswerUsage usage = this.usage;
    try {
      if (usage != null) {
        usage.head(status, contentType, contentEncoding);
      }
    } catch (Throwable cause) {
      failed(cause);
    }
  }

  /** Bytes of the answer's body, as they are handed to the container. */
  public void meter(byte[] bytes, int offset, int length) {
    AnswerUsage usage = this.usage;
    try {
      if (usage != null) {
        usage.bytes(bytes, offset, length);
      }
    } catch (Throwable cause) {
      failed(cause);
    }
  }

  /** Gives all back, in place of {@link #close}: the app has not seen the call and never will. */
  public void cancel() {
    if (draw == null || !closed.compareAndSet(false, true)) {
      return;
    }
    try {
      draw.undo();
    } catch (Throwable cause) {
      failed(cause);
    }
  }

  /**
   * Settles, once: the reservation becomes what the answer really took. However a call ends, what left for the client is
   * charged, and nothing else.
   */
  public void close(Outcome outcome) {
    AnswerUsage usage = this.usage;
    if (draw == null || usage == null || !closed.compareAndSet(false, true)) {
      return;
    }
    try {
      draw.settle(usage.charge(input, draw.tokens()));
    } catch (Throwable cause) {
      failed(cause);
    }
  }

  /** An answer that cannot be metered keeps its reservation, and goes on to its client. */
  private void failed(Throwable cause) {
    usage = null;
    if (log != null) {
      log.error("the guard failed on an answer; its reservation stays charged", cause);
    }
  }
}
