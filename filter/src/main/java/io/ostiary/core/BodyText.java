package io.ostiary.core;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The beginning of the text in a JSON body: the strings that are values, one a line, without those that are data URLs. */
final class BodyText {

  private static final String DATA = "data:";

  private final Body body;
  private final int most;
  private final byte[] chunk = new byte[2048];
  private final ByteArrayOutputStream string = new ByteArrayOutputStream(256);
  private final StringBuilder text = new StringBuilder();
  private String candidate = "";

  private BodyText(Body body, int most) {
    this.body = body;
    this.most = most;
  }

  /**
   * Reads text.
   *
   * @param body of which it is known that it is JSON
   * @param most how many characters are wanted
   */
  static String of(Body body, int most) {
    return new BodyText(body, most).read();
  }

  private String read() {
    boolean inString = false;
    boolean escaped = false;
    long position = 0;
    int read;
    while (text.length() < most && (read = body.read(position, chunk, 0, chunk.length)) > 0) {
      position += read;
      for (int i = 0; i < read; i++) {
        byte value = chunk[i];
        if (!inString) {
          inString = value == '"';
          between(value);
        } else if (value == '"' && !escaped) {
          inString = false;
          endString();
        } else {
          escaped = value == '\\' && !escaped;
          // What is longer than is wanted only has to end.
          if (string.size() < 6 * most) {
            string.write(value);
          }
        }
      }
    }
    take();
    if (inString) {
      candidate = JsonText.unescape(string.toString(StandardCharsets.UTF_8));
      take();
    }
    return text.length() > most ? text.substring(0, most) : text.toString();
  }

  private void endString() {
    candidate = JsonText.unescape(string.toString(StandardCharsets.UTF_8));
    string.reset();
  }

  /** A string that a colon follows is a name, and no text. */
  private void between(byte value) {
    if (value == ':') {
      candidate = "";
    } else if (value == ',' || value == '}' || value == ']') {
      take();
    }
  }

  private void take() {
    if (!candidate.isEmpty() && !candidate.startsWith(DATA)) {
      text.append(candidate).append('\n');
    }
    candidate = "";
  }
}
