package io.ostiary.core;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates a coded body as it comes and shows its content to a scanner; of the content nothing is kept, and no more than a limit
 * is inflated. What two decoders could take in two ways is a problem: a check sum that is wrong, a second member, anything behind
 * the end. To be closed, since it holds memory outside of the heap.
 */
final class Inflating implements BodySink, AutoCloseable {

  private static final int PIECE = 8 * 1024;
  private static final int TRAILER = 8;

  private final Coding coding;
  private final long limit;
  private final JsonScanner scanner;
  private final Inflater inflater;
  private final byte[] piece = new byte[PIECE];
  private final CRC32 sum = new CRC32();
  private @Nullable GzipHead head;
  private long trailer;
  private int trailerSeen;
  private long total;
  private @Nullable String problem;
  private boolean tooLarge;

  /** @param limit the most content there may be, in bytes */
  Inflating(Coding coding, long limit, JsonScanner scanner) {
    this.coding = coding;
    this.limit = limit;
    this.scanner = scanner;
    this.inflater = new Inflater(coding == Coding.GZIP);
    this.head = coding == Coding.GZIP ? new GzipHead() : null;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (head != null && at < end && problem == null) {
      at = head(head, bytes, at);
    }
    if (at < end && problem == null && !tooLarge) {
      inflater.setInput(bytes, at, end - at);
      at = end - inflate();
    }
    while (at < end && problem == null && !tooLarge) {
      behind(bytes[at++]);
    }
  }

  private int head(GzipHead begun, byte[] bytes, int at) {
    if (begun.accept(bytes[at] & 0xFF)) {
      head = null;
      problem = begun.isWrong() ? "not " + name() + ", as Content-Encoding says" : null;
    }
    return at + 1;
  }

  /** Inflates what there is; answers how many bytes of it lie behind the end. */
  private int inflate() {
    try {
      while (!inflater.finished() && !inflater.needsInput() && !tooLarge) {
        int count = inflater.inflate(piece);
        if (count == 0 && inflater.needsDictionary()) {
          problem = "not " + name() + ", as Content-Encoding says";
          return 0;
        }
        took(count);
      }
    } catch (DataFormatException wrong) {
      problem = "not " + name() + ", as Content-Encoding says";
    }
    return inflater.finished() ? inflater.getRemaining() : 0;
  }

  private void took(int count) {
    total += count;
    tooLarge = total > limit;
    if (coding == Coding.GZIP) {
      sum.update(piece, 0, count);
    }
    scanner.accept(piece, 0, count);
  }

  /** Behind the end gzip has the check sum and the length, the lower bytes first, and zlib nothing. */
  private void behind(byte value) {
    if (coding != Coding.GZIP || trailerSeen == TRAILER) {
      problem = "more than one " + name() + " stream";
      return;
    }
    trailer |= (value & 0xFFL) << (8 * trailerSeen++);
    long expected = total << 32 | sum.getValue();
    if (trailerSeen == TRAILER && trailer != expected) {
      problem = "the check sum of the " + name() + " stream is wrong";
    }
  }

  @Override
  public void finish() {
    boolean whole = inflater.finished() && (coding != Coding.GZIP || trailerSeen == TRAILER);
    if (problem == null && !tooLarge && !whole) {
      problem = "the " + name() + " stream ends early";
    }
    scanner.finish();
  }

  private String name() {
    return coding == Coding.GZIP ? "gzip" : "zlib";
  }

  /** What is wrong with the coding, or {@code null}; the content may be wrong all the same. */
  @Nullable String problem() {
    return problem;
  }

  /** Whether there is more content than may be. */
  boolean isTooLarge() {
    return tooLarge;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
