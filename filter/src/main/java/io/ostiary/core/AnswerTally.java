package io.ostiary.core;

import static io.ostiary.core.UsageField.CACHED_INPUT;
import static io.ostiary.core.UsageField.INPUT;
import static io.ostiary.core.UsageField.NO_TEXT;
import static io.ostiary.core.UsageField.OUTPUT;
import static io.ostiary.core.UsageField.REASONING_SO_FAR;
import static io.ostiary.core.UsageField.TEXT;
import static io.ostiary.core.UsageField.TEXT_OF_DELTA;
import static io.ostiary.core.UsageField.TEXT_SO_FAR;
import static io.ostiary.core.UsageField.TOTAL;
import static io.ostiary.core.UsageField.TYPE;

/**
 * What the documents of one answer tell of tokens and show of text, in sum. A later count replaces an earlier one, never adds to
 * it. All bytes of the documents are the text of an answer in which no known field of text was ever found; a document that
 * begins with an object and is no JSON is text in all its bytes even where others are known.
 */
final class AnswerTally implements Documents {

  private static final long NOT_TOLD = -1;

  private final JsonScanner scanner;
  private final boolean incremental;

  private long input = NOT_TOLD;
  private long cachedInput = NOT_TOLD;
  private long output = NOT_TOLD;
  private long total = NOT_TOLD;

  private boolean isKnownShape;
  private long text;
  private long textSoFar;
  private long reasoningSoFar;
  private long documentBytes;

  /** How much of the text, or of the bytes, the last count of tokens covers. */
  private long textCovered;

  private long bytesCovered;

  /**
   * Nothing yet.
   *
   * @param incremental whether texts so far are really increments
   */
  AnswerTally(UsagePaths paths, boolean incremental) {
    scanner = JsonScanner.lenient(paths.fields());
    this.incremental = incremental;
  }

  @Override
  public void piece(byte[] bytes, int offset, int length) {
    scanner.accept(bytes, offset, length);
  }

  @Override
  public void end() {
    scanner.finish();
    documentBytes += scanner.position();
    if (!scanner.isBroken()) {
      addText();
      replaceCounts();
    } else if (scanner.beganWithObject()) {
      text += scanner.position();
    }
    scanner.reset();
  }

  private void addText() {
    text += found(TEXT);
    if (scanner.bool(TYPE.number())) {
      text += found(TEXT_OF_DELTA);
    }
    textSoFar = soFar(textSoFar, found(TEXT_SO_FAR));
    reasoningSoFar = soFar(reasoningSoFar, found(REASONING_SO_FAR));
    found(NO_TEXT);
  }

  private long found(UsageField field) {
    isKnownShape |= scanner.kind(field.number()) != JsonKind.ABSENT;
    return scanner.text(field.number());
  }

  private long soFar(long before, long found) {
    return incremental ? before + found : Math.max(before, found);
  }

  private void replaceCounts() {
    input = count(INPUT, input);
    cachedInput = count(CACHED_INPUT, cachedInput);
    output = count(OUTPUT, output);
    total = count(TOTAL, total);
    if (coversOutput()) {
      textCovered = knownText();
      bytesCovered = documentBytes;
    }
  }

  /** A count that the app made up cannot do more harm than a very large one. */
  private long count(UsageField field, long before) {
    return isTold(field)
        ? Math.max(0, Math.min(scanner.integer(field.number()), Integer.MAX_VALUE))
        : before;
  }

  /** Whether this document counts the output; a total does that too, if there is more in it than input. */
  private boolean coversOutput() {
    return isTold(OUTPUT) || (isTold(TOTAL) && total > Math.max(0, input()));
  }

  private boolean isTold(UsageField field) {
    return scanner.kind(field.number()) == JsonKind.NUMBER;
  }

  private long knownText() {
    return text + textSoFar + reasoningSoFar;
  }

  /** The tokens of input, with those that were written to a cache, or −1 if none were told. */
  long input() {
    return input < 0 && cachedInput < 0 ? NOT_TOLD : Math.max(0, input) + Math.max(0, cachedInput);
  }

  /** The tokens of output, or −1 if none were told. */
  long output() {
    return output;
  }

  /** The tokens in all, or −1 if they were not told. */
  long total() {
    return total;
  }

  /** How many bytes of text came. */
  long textBytes() {
    return isKnownShape ? knownText() : documentBytes;
  }

  /** How many of them no count of tokens covers; all, if the last one says 0. */
  long textUncovered() {
    if (output == 0) {
      return textBytes();
    }
    return textBytes() - (isKnownShape ? textCovered : bytesCovered);
  }
}
