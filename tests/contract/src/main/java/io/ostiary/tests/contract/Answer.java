package io.ostiary.tests.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * One HTTP answer as it stood on the wire, with chunks joined.
 *
 * @param head the status line and the header lines
 */
@SuppressWarnings("ArrayRecordComponent") // only ever read
public record Answer(int status, List<String> head, byte[] body) {

  /** The value of a header, or {@code null}. */
  public String header(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    for (String line : head.subList(1, head.size())) {
      if (line.toLowerCase(Locale.ROOT).startsWith(start)) {
        return line.substring(start.length()).strip();
      }
    }
    return null;
  }

  /** All values of a header, line by line. */
  List<String> headers(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return head.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .toList();
  }

  /** The content type in small letters and without spaces, which containers put in or leave out. */
  public String type() {
    String type = header("Content-Type");
    return type == null ? null : type.toLowerCase(Locale.ROOT).replace(" ", "");
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Whether the server said that it would close the connection. */
  public boolean closes() {
    return "close".equalsIgnoreCase(header("Connection"));
  }

  @Override
  public String toString() {
    return String.join("\n", head) + "\n\n" + text();
  }
}
