package io.ostiary.core;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;

/** The texts of a form, shown to a search: the names and values of pairs, and the parts that are no files or say that they are text. */
final class FormTexts {

  private FormTexts() {}

  /** The line of a list that has something of the pairs of an urlencoded form, or 0. */
  static int findPairs(WordList list, InputStream in) throws IOException {
    WordSearch search = new WordSearch(list);
    TextBytes bytes = new TextBytes(search);
    search.begin();
    int value = in.read();
    while (value >= 0) {
      int next = in.read();
      if (value == '&' || value == '=') {
        bytes.end();
        int found = search.end();
        if (found != 0) {
          return found;
        }
        search.begin();
      } else if (value == '%' && digit(next) >= 0) {
        int last = in.read();
        if (digit(last) >= 0) {
          bytes.accept((byte) (digit(next) << 4 | digit(last)));
          next = in.read();
        } else {
          bytes.accept((byte) value);
          bytes.accept((byte) next);
          next = last;
        }
      } else {
        bytes.accept((byte) (value == '+' ? ' ' : value));
      }
      value = next;
    }
    bytes.end();
    return search.end();
  }

  private static int digit(int value) {
    return value < 0 ? -1 : Character.digit(value, 16);
  }

  /** The line of a list that has something of the parts of a form, or 0. */
  static int findParts(WordList list, Body body, List<BodyPart> parts) throws IOException {
    WordSearch search = new WordSearch(list);
    TextBytes bytes = new TextBytes(search);
    byte[] buffer = new byte[8 * 1024];
    for (BodyPart part : parts) {
      if (isText(part)) {
        search.begin();
        try (InputStream in = body.slice(part.offset(), part.length())) {
          for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
            for (int i = 0; i < read; i++) {
              bytes.accept(buffer[i]);
            }
          }
        }
        bytes.end();
        int found = search.end();
        if (found != 0) {
          return found;
        }
      }
    }
    return 0;
  }

  private static boolean isText(BodyPart part) {
    for (Header header : part.headers()) {
      if (header.name().equalsIgnoreCase("Content-Type")) {
        return part.fileName() == null
            || MediaType.isText(header.value().toLowerCase(Locale.ROOT).strip());
      }
    }
    return part.fileName() == null;
  }
}
