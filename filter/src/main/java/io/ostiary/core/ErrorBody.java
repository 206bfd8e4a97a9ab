package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/**
 * What the body of an app's error is.
 *
 * @param isJson whether it is one JSON object
 * @param speaksDialect whether it has all members of the dialect's own errors
 * @param message what it says is wrong, in one line, or {@code null}
 */
record ErrorBody(boolean isJson, boolean speaksDialect, @Nullable String message) {

  /** Reads a body, or as much of its beginning as is there. */
  static ErrorBody read(ErrorMembers members, byte[] body, int length) {
    JsonScanner scanner = JsonScanner.lenient(members.fields());
    scanner.accept(body, 0, length);
    scanner.finish();
    return new ErrorBody(
        scanner.problem() == null && startsObject(body, length),
        scanner.problem() == null && members.areAllIn(scanner),
        message(members, scanner));
  }

  private static boolean startsObject(byte[] body, int length) {
    for (int i = 0; i < length; i++) {
      if (body[i] > ' ') {
        return body[i] == '{';
      }
    }
    return false;
  }

  private static @Nullable String message(ErrorMembers members, JsonScanner scanner) {
    for (int field : members.messages()) {
      if (!scanner.isBroken() && scanner.kind(field) == JsonKind.STRING) {
        String message = line(scanner.string(field));
        if (message != null) {
          return message;
        }
      }
    }
    return null;
  }

  /**
   * A text that may be told to a client as it is: one line with something in it. Several lines are a stack trace for all that
   * is known, and what begins with an angle bracket is a page.
   */
  static @Nullable String line(@Nullable String text) {
    String line = text == null ? "" : text.strip();
    boolean telling = !line.isEmpty() && line.charAt(0) != '<';
    for (int i = 0; telling && i < line.length(); i++) {
      telling = !Character.isISOControl(line.charAt(i));
    }
    return telling ? line : null;
  }
}
