package io.ostiary.bench;

import io.ostiary.core.Log;

/** Says nothing, but of errors: what fails must not be measured. */
final class SilentLog implements Log {

  @Override
  public void info(String message) {}

  @Override
  public void warn(String message) {}

  @Override
  public void error(String message, Throwable cause) {
    throw new IllegalStateException(message, cause);
  }
}
