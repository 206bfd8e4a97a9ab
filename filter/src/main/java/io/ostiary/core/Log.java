package io.ostiary.core;

/**
 * Where the guard speaks to its operator. No line ever holds a key or its digest. In the agent it is standard error,
 * since {@code java.util.logging} must not be touched before the container has set its own log manager.
 */
public interface Log {

  /** Says something that was expected to happen. */
  void info(String message);

  /** Says something that the operator should look at. */
  void warn(String message);

  /** Says that the guard itself failed, with the cause. */
  void error(String message, Throwable cause);
}
