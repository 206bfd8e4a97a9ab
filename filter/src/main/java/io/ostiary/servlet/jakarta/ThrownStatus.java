package io.ostiary.servlet.jakarta;

import org.jspecify.annotations.Nullable;

/**
 * The status that an exception stands for. Containers throw some at the app for a request that they cannot read, a form or its
 * parts for one; what they would answer is known by name, since no servlet type tells it.
 */
final class ThrownStatus {

  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;
  private static final int SERVER_ERROR = 500;
  private static final int MOST_CAUSES = 8;

  private ThrownStatus() {}

  static int of(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      int status = known(cause.getClass().getName(), cause.getMessage());
      if (status > 0) {
        return status;
      }
      cause = cause.getCause();
    }
    return SERVER_ERROR;
  }

  private static int known(String type, @Nullable String message) {
    if (type.startsWith("org.eclipse.jetty.http.")) {
      return leadingStatus(message);
    }
    if (type.startsWith("org.apache.tomcat.util.http.")) {
      return type.endsWith("LimitExceededException") ? TOO_LARGE : BAD_REQUEST;
    }
    return type.equals("org.apache.catalina.connector.BadRequestException") ? BAD_REQUEST : 0;
  }

  /** Jetty's messages begin so: {@code 400: bad query}. */
  private static int leadingStatus(@Nullable String message) {
    if (message == null || message.length() < 4 || message.charAt(3) != ':') {
      return 0;
    }
    int status = 0;
    for (int i = 0; i < 3; i++) {
      status = 10 * status + Character.digit(message.charAt(i), 10);
    }
    return status >= BAD_REQUEST && status < 600 ? status : 0;
  }
}
