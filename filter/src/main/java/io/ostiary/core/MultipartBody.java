package io.ostiary.core;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A form in {@code multipart/form-data} (RFC 7578, RFC 2046 section 5.1), read without copying its contents. What two parsers
 * could read in two ways is refused: text around the parts, lines that end in less than CR LF where it matters, a parameter or a
 * deciding header that stands twice, folded headers, encoded contents.
 */
public final class MultipartBody {

  /** The number of parts that one body may have. */
  public static final int MOST_PARTS = 200;

  /** How long the headers of one part may be, in bytes. */
  public static final int LONGEST_HEADERS = 8 * 1024;

  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] LAST = {'-', '-'};
  private static final int BUFFER = 8 * 1024;
  private static final int LONGEST_BOUNDARY = 70;

  private final BodyCursor cursor;
  private final byte[] delimiter;
  private final List<BodyPart> parts = new ArrayList<>();

  private MultipartBody(Body body, String boundary, int bufferSize) {
    cursor = new BodyCursor(body, bufferSize);
    delimiter = ("--" + boundary).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads the parts, in their order; two may have one name.
   *
   * @param contentType the request's header, which names the boundary
   * @throws MalformedBodyException if the form is malformed, ambiguous or too large in its parts
   */
  public static List<BodyPart> parse(Body body, String contentType) throws MalformedBodyException {
    return parse(body, contentType, BUFFER);
  }

  static List<BodyPart> parse(Body body, String contentType, int bufferSize)
      throws MalformedBodyException {
    return new MultipartBody(body, boundary(contentType), bufferSize).read();
  }

  private static String boundary(String contentType) throws MalformedBodyException {
    HeaderParameters header = HeaderParameters.parse(contentType, "Content-Type");
    String boundary = header.parameter("boundary");
    if (!header.value().equals("multipart/form-data") || boundary == null) {
      throw new MalformedBodyException("Content-Type is no multipart/form-data with a boundary");
    }
    if (boundary.length() > LONGEST_BOUNDARY || !isBoundary(boundary)) {
      throw new MalformedBodyException("the boundary is malformed");
    }
    return boundary;
  }

  /** RFC 2046 section 5.1.1. */
  private static boolean isBoundary(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || (!Character.isLetterOrDigit(c) && "'()+_,-./:=? ".indexOf(c) < 0)) {
        return false;
      }
    }
    return !text.isEmpty() && !text.endsWith(" ");
  }

  private List<BodyPart> read() throws MalformedBodyException {
    if (cursor.peek() == '\r') {
      requireLineEnd();
    }
    require(cursor.takeAll(delimiter), "the form does not begin with its boundary");
    while (!isLast()) {
      if (parts.size() == MOST_PARTS) {
        throw new MalformedBodyException("more than " + MOST_PARTS + " parts");
      }
      part();
    }
    return List.copyOf(parts);
  }

  /** What follows a delimiter: a line end and a part, or two hyphens and nothing but line ends. */
  private boolean isLast() throws MalformedBodyException {
    if (cursor.peek() == '\r') {
      requireLineEnd();
      return false;
    }
    require(cursor.takeAll(LAST), "a line only begins with the boundary");
    while (cursor.peek() >= 0) {
      requireLineEnd();
    }
    return true;
  }

  private void part() throws MalformedBodyException {
    List<Header> headers = headers();
    HeaderParameters disposition =
        HeaderParameters.parse(
            single(headers, "Content-Disposition"), "the Content-Disposition of a part");
    String name = name(disposition);
    String fileName = disposition.parameter("filename");
    require(
        fileName != null || disposition.parameter("filename*") == null,
        "a part has no file name but an encoded one");
    requireReadable(headers);
    long offset = cursor.position();
    parts.add(new BodyPart(name, fileName, headers, offset, endOfContent() - offset));
  }

  private static String name(HeaderParameters disposition) throws MalformedBodyException {
    String name = disposition.parameter("name");
    if (name == null || !disposition.value().equals("form-data")) {
      throw new MalformedBodyException("a part is no form-data with a name");
    }
    // Some parsers take a backslash away from a name, some do not; and some take an encoded name
    // for the name.
    require(
        name.indexOf('\\') < 0 && disposition.parameter("name*") == null,
        "the name of a part is ambiguous");
    return name;
  }

  /** Some servers undo an encoding of a part, and some do not (RFC 7578 section 4.7 deprecates it). */
  private static void requireReadable(List<Header> headers) throws MalformedBodyException {
    single(headers, "Content-Type");
    String encoding = single(headers, "Content-Transfer-Encoding");
    require(
        encoding.isEmpty()
            || encoding.equalsIgnoreCase("binary")
            || encoding.equalsIgnoreCase("8bit")
            || encoding.equalsIgnoreCase("7bit"),
        "a part is encoded");
  }

  /** The value of a header that may stand once, or nothing. */
  private static String single(List<Header> headers, String name) throws MalformedBodyException {
    @Nullable String value = null;
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        require(value == null, "a part has two headers " + name);
        value = header.value();
      }
    }
    return value == null ? "" : value;
  }

  private List<Header> headers() throws MalformedBodyException {
    List<Header> headers = new ArrayList<>(2);
    long end = cursor.position() + LONGEST_HEADERS;
    String line = line(end);
    while (!line.isEmpty()) {
      headers.add(header(line));
      line = line(end);
    }
    return List.copyOf(headers);
  }

  private String line(long end) throws MalformedBodyException {
    byte[] bytes = new byte[64];
    int length = 0;
    while (cursor.peek() != '\r') {
      int value = cursor.next();
      require(value >= 0, "the form ends within the headers of a part");
      require(value >= ' ' || value == '\t', "a control character in a header of a part");
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * length);
      }
      bytes[length++] = (byte) value;
      require(cursor.position() <= end, "the headers of a part are too long");
    }
    requireLineEnd();
    require(cursor.position() <= end, "the headers of a part are too long");
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedBodyException("a header of a part is not UTF-8");
    }
  }

  private static Header header(String line) throws MalformedBodyException {
    int colon = 0;
    while (colon < line.length() && HeaderParameters.isToken(line.charAt(colon))) {
      colon++;
    }
    require(
        colon > 0 && colon < line.length() && line.charAt(colon) == ':',
        "a header of a part is malformed");
    return new Header(line.substring(0, colon), line.substring(colon + 1).trim());
  }

  /** Moves behind the next delimiter; answers where the content before it ends. */
  private long endOfContent() throws MalformedBodyException {
    boolean clean = false;
    while (true) {
      if (cursor.takeAll(delimiter)) {
        require(clean, "a boundary does not stand after CR LF");
        return cursor.position() - delimiter.length - 2;
      }
      int lineBreak = cursor.nextLineBreak();
      require(lineBreak >= 0, "the form ends without its last boundary");
      clean = lineBreak == '\r' && cursor.take('\n');
    }
  }

  private void requireLineEnd() throws MalformedBodyException {
    require(cursor.takeAll(LINE_END), "a line does not end with CR LF");
  }

  private static void require(boolean fits, String problem) throws MalformedBodyException {
    if (!fits) {
      throw new MalformedBodyException(problem);
    }
  }
}
