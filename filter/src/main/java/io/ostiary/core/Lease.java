package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/** What an admitted call holds until its answer is complete. Calls come from one thread at a time; only {@link #close} may race. */
public final class Lease {

  /** Holds nothing. */
  static final Lease NONE = new Lease();

  Lease() {}

  /** Whether the answer's bytes must pass by, because they decide what the call is charged. */
  public boolean metersAnswer() {
    return false;
  }

  /**
   * The head of the answer is final; called once, before the first {@link #meter}.
   *
   * @param contentEncoding the app's own {@code Content-Encoding}, or {@code null}
   */
  public void answer(int status, @Nullable String contentType, @Nullable String contentEncoding) {}

  /** Bytes of the answer's body, as they are handed to the container. */
  public void meter(byte[] bytes, int offset, int length) {}

  /** Gives back what is held, and settles; only the first call counts. */
  public void close(Outcome outcome) {}
}
