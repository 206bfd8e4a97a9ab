package io.ostiary.core;

/** A log that nobody reads. */
final class SilentLog implements Log {
  @Override
  public void info(String message) {}

  @Override
  public void warn(String message) {}

  @Override
  public void error(String message, Throwable cause) {}
}
