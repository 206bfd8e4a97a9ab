package io.ostiary.core;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Looks into an answer that the server has zipped on its way to the client, where the guard stands outside of what zips: the
 * lease is shown what the app wrote. Nothing is kept of it. It is to be closed, since it holds memory outside of the heap; any
 * thread may do that at any time.
 */
public final class UnzippedAnswer implements AutoCloseable {

  private static final int PIECE = 8 * 1024;

  private final Lease lease;
  private final Inflater inflater = new Inflater(true);
  private final byte[] piece = new byte[PIECE];
  private @Nullable GzipHead head = new GzipHead();

  /** Nothing more is looked at; guarded by this. */
  private boolean over;

  private UnzippedAnswer(Lease lease) {
    this.lease = lease;
  }

  /**
   * For an answer of this coding, or {@code null} if it cannot be looked into so: in another coding, or where a part of it may
   * have to be held back.
   */
  public static @Nullable UnzippedAnswer of(Lease lease, @Nullable String contentEncoding) {
    boolean zipped = contentEncoding != null && Coding.of(contentEncoding) == Coding.GZIP;
    return zipped && lease.metersAnswer() && !lease.mayStop() ? new UnzippedAnswer(lease) : null;
  }

  /** Bytes as they leave. What is not zipped, whatever its label says, is not shown to anybody. */
  public synchronized void meter(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (head != null && at < end && !over) {
      if (head.accept(bytes[at++] & 0xFF)) {
        over = head.isWrong();
        head = null;
      }
    }
    if (at < end && !over) {
      inflater.setInput(bytes, at, end - at);
      inflate();
    }
  }

  private void inflate() {
    try {
      while (!inflater.finished() && !inflater.needsInput() && !inflater.needsDictionary()) {
        lease.meter(piece, 0, inflater.inflate(piece));
      }
      over |= inflater.needsDictionary();
    } catch (DataFormatException wrong) {
      over = true;
    }
  }

  @Override
  public synchronized void close() {
    over = true;
    inflater.end();
  }
}
