package io.ostiary.servlet.jakarta;

import io.ostiary.core.Log;
import java.lang.System.Logger.Level;

/** The log named {@code io.ostiary} of whatever logging the app has behind {@link System.Logger}. */
final class SystemLog implements Log {

  private final System.Logger logger = System.getLogger("io.ostiary");

  @Override
  public void info(String message) {
    logger.log(Level.INFO, message);
  }

  @Override
  public void warn(String message) {
    logger.log(Level.WARNING, message);
  }

  @Override
  public void error(String message, Throwable cause) {
    logger.log(Level.ERROR, message, cause);
  }
}
