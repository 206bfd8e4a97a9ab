package io.ostiary.core;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is changed in a body before the app is given it; all else stays byte for byte. A coded content is coded anew. */
final class BodyEdit {

  private final Body body;
  private final @Nullable Coding coding;
  private final List<Splice> splices = new ArrayList<>(2);

  /** @param coding of the body, known to be well coded, or {@code null} */
  BodyEdit(Body body, @Nullable Coding coding) {
    this.body = body;
    this.coding = coding;
  }

  /** Puts bytes in place of others. */
  void put(long from, long to, byte[] bytes) {
    splices.add(new Splice(from, to, bytes));
  }

  /** Puts a text in place of the JSON string that begins at a quotation mark of the content. */
  void putString(long at, String text) {
    try (InputStream content = content()) {
      content.skipNBytes(at + 1);
      long end = at + 1;
      int value = content.read();
      while (value != '"') {
        if (value < 0) {
          throw new IllegalStateException("no string ends here");
        }
        end += value == '\\' ? 2 : 1;
        value = value == '\\' ? second(content) : content.read();
      }
      put(at + 1, end, JsonText.bytes(text));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Goes over the character that a backslash escapes, and answers the next; of four digits none is a quotation mark. */
  private static int second(InputStream content) throws IOException {
    content.read();
    return content.read();
  }

  /**
   * Puts a first member into the object that the content is; nothing into JSON of another sort.
   *
   * @param member a name and its value, without a comma
   */
  void putMember(String member) {
    try (InputStream content = content()) {
      long at = 0;
      int value = content.read();
      while (value >= 0 && value != '{' && value != '[') {
        at++;
        value = content.read();
      }
      if (value == '{') {
        do {
          value = content.read();
        } while (value >= 0 && value <= ' ');
        String put = value == '}' ? member : member + ",";
        put(at + 1, at + 1, put.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private InputStream content() throws IOException {
    InputStream bytes = body.stream();
    return coding == null ? bytes : coding.decoded(bytes);
  }

  /** The body as it is now. */
  Body done() {
    if (splices.isEmpty()) {
      return body;
    }
    splices.sort(Comparator.comparingLong(Splice::from));
    try {
      return coding == null ? body.with(splices) : body.recoded(recoded(coding));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private byte[] recoded(Coding coding) throws IOException {
    ByteArrayOutputStream coded = new ByteArrayOutputStream((int) body.length() + 64);
    try (InputStream in = content();
        OutputStream out = coding.encoding(coded)) {
      long at = 0;
      for (Splice splice : splices) {
        copy(in, out, splice.from() - at);
        in.skipNBytes(splice.to() - splice.from());
        out.write(splice.bytes());
        at = splice.to();
      }
      in.transferTo(out);
    }
    return coded.toByteArray();
  }

  private static void copy(InputStream in, OutputStream out, long count) throws IOException {
    byte[] piece = new byte[(int) Math.min(8 * 1024, count)];
    long left = count;
    while (left > 0) {
      int read = in.readNBytes(piece, 0, (int) Math.min(piece.length, left));
      if (read == 0) {
        throw new IOException("the content ends early");
      }
      out.write(piece, 0, read);
      left -= read;
    }
  }
}
