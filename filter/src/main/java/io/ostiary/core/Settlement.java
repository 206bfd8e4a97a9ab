package io.ostiary.core;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one admitted call owes: reserved at the door, followed while its answer passes, and settled when that is complete.
 *
 * <p>The truth is what the model reports. Text that no report covers is charged by the estimator; an answer that the app has
 * compressed by its bytes, which are more than its tokens, up to the reservation. Errors of the app are free, and so is a call
 * that ended without an answer, unless the client left while the model was at work. An answer that cannot be seen at all, on an
 * upgraded connection, keeps its reservation.
 */
final class Settlement {

  private static final byte[] NOTHING = {};

  private final Draw draw;
  private final Price price;
  private final Learned.@Nullable Factors learned;
  private final @Nullable Function<Meter, byte[]> farewell;
  private final UsagePaths paths;
  private final boolean incremental;
  private AnswerUsage answer;
  private boolean headSeen;
  private long reservedOutput;
  private byte[] closingEvent = NOTHING;

  /**
   * @param learned what is known of the model's own counts, or {@code null} if that is not wanted
   * @param incremental whether the client asked for text in pieces where the vendor's preset is to repeat it
   * @param farewell the closing event of a stream that a budget ends, or {@code null} if none does
   */
  Settlement(
      Draw draw,
      Price price,
      UsagePaths paths,
      boolean incremental,
      Learned.@Nullable Factors learned,
      @Nullable Function<Meter, byte[]> farewell) {
    this.draw = draw;
    this.price = price;
    this.learned = learned;
    this.farewell = farewell;
    this.reservedOutput = price.tokens().output();
    this.paths = paths;
    this.incremental = incremental;
    this.answer = unread();
  }

  private AnswerUsage unread() {
    return new AnswerUsage(paths, incremental, farewell == null ? null : this::mayGoOn);
  }

  boolean mayStop() {
    return farewell != null;
  }

  void head(int status, @Nullable String contentType, @Nullable String contentEncoding) {
    if (headSeen) {
      answer = unread();
    }
    headSeen = true;
    answer.head(status, contentType, contentEncoding);
  }

  void status(int status) {
    answer.status(status);
  }

  int bytes(byte[] bytes, int offset, int length) {
    return answer.bytes(bytes, offset, length);
  }

  boolean hasStopped() {
    return closingEvent.length > 0;
  }

  byte[] closingEvent() {
    return closingEvent;
  }

  /** Asked after each event: whether the budgets have paid for what has left, or can pay for what is more than reserved. */
  private boolean mayGoOn() {
    long more = output() - reservedOutput;
    if (more <= 0) {
      return true;
    }
    Meter exhausted = draw.takeMore(more);
    if (exhausted == null) {
      reservedOutput += more;
      return true;
    }
    if (farewell != null) {
      closingEvent = farewell.apply(exhausted);
    }
    return false;
  }

  /** Charges what has left so far; more may yet. */
  void settle(Outcome outcome) {
    if (headSeen) {
      charge(used(outcome));
    }
  }

  /** Charges what has left; no more will. */
  void close(Outcome outcome) {
    if (headSeen) {
      answer.finish();
      charge(used(outcome));
      learn(outcome);
    }
  }

  private void charge(Tokens used) {
    draw.settle(used);
    reservedOutput = used.output();
  }

  private Tokens used(Outcome outcome) {
    boolean reported = answer.inputReported() > 0 || answer.outputReported() > 0;
    if (answer.isError() && !reported) {
      return Tokens.NONE;
    }
    if (answer.bytesSeen() == 0) {
      return outcome == Outcome.ABORTED ? new Tokens(price.tokens().input(), 0) : Tokens.NONE;
    }
    if (answer.isOpaque()) {
      return new Tokens(
          price.tokens().input(), Math.min(price.tokens().output(), answer.bytesSeen()));
    }
    return seen();
  }

  private Tokens seen() {
    long total = Math.max(0, answer.totalReported());
    long output = output();
    if (answer.inputReported() > 0) {
      long input = answer.inputReported();
      return new Tokens(input, Math.max(output, total - input));
    }
    if (total == 0) {
      return new Tokens(price.tokens().input(), output);
    }
    // One number for both: of an answer without text it is the input's.
    long input =
        answer.outputReported() > 0
            ? Math.max(0, total - answer.outputReported())
            : answer.textBytes() == 0 ? total : Math.min(total, price.tokens().input());
    return new Tokens(input, total - input);
  }

  /** The output so far: what was reported, and by estimate what came after. */
  private long output() {
    long since = Price.estimate(answer.textUnreported());
    return Math.max(0, answer.outputReported())
        + (learned == null ? since : learned.output.correct(since));
  }

  private void learn(Outcome outcome) {
    if (learned == null || answer.isError()) {
      return;
    }
    learned.input.learn(price.plainInput(), answer.inputReported());
    if (outcome == Outcome.COMPLETED && answer.textUnreported() == 0) {
      learned.output.learn(Price.estimate(answer.textBytes()), answer.outputReported());
    }
  }
}
