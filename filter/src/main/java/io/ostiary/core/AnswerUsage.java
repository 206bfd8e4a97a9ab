package io.ostiary.core;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one answer tells and shows of the tokens it took, read as its bytes pass: JSON, JSON lines and event streams. Nothing of
 * the answer is kept but a scanner's state, some 2 KiB. A text of another kind counts as text in all its bytes; images, audio
 * and other binary answers show none; an answer that the app has compressed cannot be read. One thread at a time uses it.
 */
final class AnswerUsage {

  private static final int FIRST_ERROR = 400;

  private final UsagePaths paths;
  private final boolean incremental;
  private final @Nullable BooleanSupplier mayGoOn;

  private int status;
  private boolean isOpaque;
  private boolean isStream;
  private Framing framing = Framing.UNREAD;
  private @Nullable AnswerTally tally;
  private boolean isFinished;
  private long bytesSeen;

  /**
   * The usage of an answer that has not begun.
   *
   * @param incremental whether the request asked DashScope for increments, without which each event tells all text so far
   * @param mayGoOn asked at the end of each event of an event stream whether another may leave; {@code null} for always
   */
  AnswerUsage(UsagePaths paths, boolean incremental, @Nullable BooleanSupplier mayGoOn) {
    this.paths = paths;
    this.incremental = incremental;
    this.mayGoOn = mayGoOn;
  }

  /**
   * The head of the answer, before its first byte.
   *
   * @param contentType as the app gave it; without one, the answer is read as JSON or else as text
   */
  void head(int status, @Nullable String contentType, @Nullable String contentEncoding) {
    this.status = status;
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    boolean isEvents = MediaType.isEventStream(type);
    boolean isLines = MediaType.isJsonLines(type);
    isStream = isEvents || isLines;
    isOpaque = isCoded(contentEncoding);
    boolean isReadable =
        isStream
            || type.isBlank()
            || MediaType.isJson(type)
            || MediaType.isText(type)
            || MediaType.isXml(type);
    if (isReadable && !isOpaque) {
      AnswerTally tally = new AnswerTally(paths, incremental);
      this.tally = tally;
      framing =
          isEvents
              ? new EventStream(tally, mayGoOn)
              : isLines ? new JsonLines(tally) : new Framing.Whole(tally);
    }
  }

  /** The head has another status after all. */
  void status(int status) {
    this.status = status;
  }

  private static boolean isCoded(@Nullable String contentEncoding) {
    return contentEncoding != null
        && !contentEncoding.isBlank()
        && !contentEncoding.strip().equalsIgnoreCase("identity");
  }

  /**
   * Reads; answers how many of these bytes may leave: all, or those up to and including the blank line of the event after which
   * none may follow; after that 0. After {@link #finish} nothing is read any more.
   */
  int bytes(byte[] bytes, int offset, int length) {
    if (isFinished) {
      return length;
    }
    int leaving = framing.accept(bytes, offset, length);
    bytesSeen += leaving;
    return leaving;
  }

  /** Says that nothing more comes; the counts are final. What an unfinished document has shown counts. */
  void finish() {
    if (!isFinished) {
      isFinished = true;
      framing.finish();
    }
  }

  /** Whether the app answered with an error. */
  boolean isError() {
    return status >= FIRST_ERROR;
  }

  /** Whether the answer is an event stream or JSON lines. */
  boolean isStream() {
    return isStream;
  }

  /** Whether the app has coded the answer, so that it cannot be read. */
  boolean isOpaque() {
    return isOpaque;
  }

  /** The bytes of the body that might leave. */
  long bytesSeen() {
    return bytesSeen;
  }

  /** The tokens of input that were told, with those written to a cache, or −1. */
  long inputReported() {
    return tally == null ? -1 : tally.input();
  }

  /** The tokens of output that were told last, or −1. */
  long outputReported() {
    return tally == null ? -1 : tally.output();
  }

  /** The tokens in all that were told last, or −1. */
  long totalReported() {
    return tally == null ? -1 : tally.total();
  }

  /**
   * The UTF-8 bytes of generated text that came after the last document that told the tokens of output, or a total with more in
   * it than input: all of them when none did, or when the last one says 0.
   */
  long textUnreported() {
    return tally == null ? 0 : tally.textUncovered();
  }

  /** The UTF-8 bytes of all generated text. */
  long textBytes() {
    return tally == null ? 0 : tally.textBytes();
  }
}
