package io.ostiary.agent;

import io.ostiary.core.Log;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * The agent's log: lines on standard error that begin with {@code ostiary:}. Not {@code java.util.logging}, which a container
 * must be the first to touch, or its own log manager comes too late.
 */
final class Console implements Log {

  private final PrintStream out;

  Console(PrintStream out) {
    this.out = out;
  }

  @Override
  public void info(String message) {
    say(message);
  }

  @Override
  public void warn(String message) {
    say("WARNING: " + message);
  }

  @Override
  public void error(String message, Throwable cause) {
    synchronized (out) {
      say("ERROR: " + message);
      cause.printStackTrace(out);
    }
  }

  void say(String message) {
    out.println("ostiary: " + message);
  }

  /** Writes lines that follow from the one before. */
  void list(@Nullable String lines) {
    out.println(String.valueOf(lines).indent(2).stripTrailing());
  }
}
