package io.ostiary.core;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One vendor's way to refuse: a row for each {@link Reason}, an envelope around it, and a form of request ids. */
final class Dialect {

  private Dialect() {}

  /** The built-in dialect of a name, or {@code null}. */
  static @Nullable Dialect builtIn(String name) {
    throw new UnsupportedOperationException(name);
  }

  /** An operator's own table. */
  static Dialect read(Path file) throws PolicyException {
    throw new UnsupportedOperationException(file.toString());
  }

  String name() {
    throw new UnsupportedOperationException();
  }

  /** Whether an {@code Authorization} header without a scheme is a key here, as PAI-EAS has it. */
  boolean takesBareKey() {
    throw new UnsupportedOperationException();
  }

  /** The header that carries a request's id. */
  String requestIdHeader() {
    throw new UnsupportedOperationException();
  }

  /** The caller's own id of the request if it is well formed, a new one otherwise. */
  String requestId(Call call) {
    throw new UnsupportedOperationException(call.rawPath());
  }

  /**
   * The answer that refuses a call.
   *
   * @param retryAfterNanos how long the caller should wait; zero when waiting does not help
   */
  Refusal refuse(Reason reason, Facts facts, String requestId, long retryAfterNanos) {
    throw new UnsupportedOperationException(requestId);
  }
}
