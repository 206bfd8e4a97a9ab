package io.ostiary.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * One JSON string as it goes by (RFC 8259 section 7): its escapes undone, its UTF-8 checked, what it says put into a {@link
 * Clip}. A surrogate escaped without its other half is wrong if strict, and otherwise reads as U+FFFD.
 */
final class JsonString {

  static final String NOT_JSON = "not JSON";
  static final String NOT_UTF_8 = "not UTF-8";
  static final String HALF_A_CHARACTER = "half a surrogate pair";

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long SPACES = 0x2020202020202020L;
  private static final long QUOTES = 0x2222222222222222L;
  private static final long BACKSLASHES = 0x5C5C5C5C5C5C5C5CL;
  private static final long HIGHEST_BITS = 0x8080808080808080L;
  private static final int REPLACEMENT = 0xFFFD;

  private enum Stage {
    PLAIN,
    ESCAPE,
    HEX,
    CHARACTER,
    CLOSED
  }

  private final Clip clip;
  private final boolean strict;
  private Stage stage = Stage.CLOSED;
  private int unit;
  private int digits;
  private int highSurrogate;
  private byte first;
  private int seen;
  private @Nullable String trouble;

  JsonString(Clip clip, boolean strict) {
    this.clip = clip;
    this.strict = strict;
  }

  /** Forgets what was wrong, for the next document. */
  void reset() {
    trouble = null;
  }

  /** Begins a string, after its opening quote, of which so many bytes are wanted. */
  void begin(int wanted) {
    clip.begin(wanted);
    stage = Stage.PLAIN;
    highSurrogate = 0;
  }

  /** Whether the closing quote has been seen. */
  boolean isClosed() {
    return stage == Stage.CLOSED;
  }

  /** What is wrong with the string, or {@code null}. */
  @Nullable String trouble() {
    return trouble;
  }

  /**
   * Reads until the string is closed, wrong, or the bytes are at their end.
   *
   * @return the index of the byte that is wrong, or of the first that was not read
   */
  int accept(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && stage != Stage.CLOSED) {
      int next =
          switch (stage) {
            case PLAIN -> plain(bytes, at, end);
            case ESCAPE -> escape(bytes[at], at);
            case HEX -> hex(bytes[at], at);
            case CHARACTER -> character(bytes[at], at);
            case CLOSED -> at;
          };
      if (trouble != null) {
        return next;
      }
      at = next;
    }
    return at;
  }

  private int plain(byte[] bytes, int from, int end) {
    if (highSurrogate != 0 && bytes[from] != '\\' && !loneSurrogate()) {
      return from;
    }
    int at = run(bytes, from, end);
    clip.append(bytes, from, at);
    if (at == end) {
      return at;
    }
    byte value = bytes[at];
    if (value == '"') {
      stage = Stage.CLOSED;
      return at + 1;
    }
    if (value == '\\') {
      return backslash(bytes, at, end);
    }
    return value < 0 ? beginCharacter(value, at) : wrong(NOT_JSON, at);
  }

  /** The end of the run of bytes from here that stand for themselves: everything but quotes, backslashes and controls. */
  private static int run(byte[] bytes, int from, int end) {
    int at = from;
    int plain;
    do {
      plain = asciiRun(bytes, at, end);
      at = Utf8.run(bytes, plain, end);
    } while (at > plain);
    return at;
  }

  private static int asciiRun(byte[] bytes, int from, int end) {
    int at = from;
    while (at <= end - Long.BYTES) {
      long marks = marks((long) LONGS.get(bytes, at));
      if (marks != 0) {
        return at + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < end && bytes[at] >= 0x20 && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return at;
  }

  /**
   * Eight bytes looked at together: the lowest mark stands at the first byte that is not plain ASCII. Where a byte is plain,
   * no subtraction reaches its highest bit; a borrow can only mark bytes after one that is rightly marked.
   */
  private static long marks(long eight) {
    long quotes = (eight ^ QUOTES) - ONES;
    long backslashes = (eight ^ BACKSLASHES) - ONES;
    long controls = eight - SPACES;
    return (eight | controls | quotes | backslashes) & HIGHEST_BITS;
  }

  /** Most escapes are {@code \\uXXXX} and in one piece: clients that write only ASCII send all Chinese text so. */
  private int backslash(byte[] bytes, int at, int end) {
    if (end - at < 6 || bytes[at + 1] != 'u') {
      stage = Stage.ESCAPE;
      return at + 1;
    }
    int value =
        digit(bytes[at + 2]) << 12
            | digit(bytes[at + 3]) << 8
            | digit(bytes[at + 4]) << 4
            | digit(bytes[at + 5]);
    if (value < 0) {
      stage = Stage.ESCAPE;
      return at + 1;
    }
    return unit(value) ? at + 6 : at + 5;
  }

  private int escape(byte value, int at) {
    if (value == 'u') {
      stage = Stage.HEX;
      unit = 0;
      digits = 0;
      return at + 1;
    }
    int meant = escaped(value);
    if (meant < 0) {
      return wrong(NOT_JSON, at);
    }
    if (highSurrogate != 0 && !loneSurrogate()) {
      return at;
    }
    clip.append(meant);
    stage = Stage.PLAIN;
    return at + 1;
  }

  private static int escaped(byte letter) {
    return switch (letter) {
      case '"', '\\', '/' -> letter;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> -1;
    };
  }

  private int hex(byte value, int at) {
    int digit = digit(value);
    if (digit < 0) {
      return wrong(NOT_JSON, at);
    }
    unit = unit << 4 | digit;
    if (++digits < 4) {
      return at + 1;
    }
    stage = Stage.PLAIN;
    return unit(unit) ? at + 1 : at;
  }

  /** The value of a hexadecimal digit, or a negative number. */
  private static int digit(byte value) {
    if (value >= '0' && value <= '9') {
      return value - '0';
    }
    int letter = value | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }

  /** Takes an escaped UTF-16 unit; false if it is wrong here. */
  private boolean unit(int value) {
    if (highSurrogate != 0) {
      if (Character.isLowSurrogate((char) value)) {
        clip.appendCharacter(Character.toCodePoint((char) highSurrogate, (char) value));
        highSurrogate = 0;
        return true;
      }
      if (!loneSurrogate()) {
        return false;
      }
    }
    if (Character.isHighSurrogate((char) value)) {
      highSurrogate = value;
      return true;
    }
    if (Character.isLowSurrogate((char) value)) {
      return loneSurrogate();
    }
    clip.appendCharacter(value);
    return true;
  }

  private boolean loneSurrogate() {
    if (strict) {
      trouble = HALF_A_CHARACTER;
      return false;
    }
    highSurrogate = 0;
    clip.appendCharacter(REPLACEMENT);
    return true;
  }

  /** A character that is not whole in these bytes, or is wrong: which of them, its bytes tell one by one. */
  private int beginCharacter(byte value, int at) {
    if (Utf8.length(value) == 0) {
      return wrong(NOT_UTF_8, at);
    }
    first = value;
    seen = 1;
    stage = Stage.CHARACTER;
    clip.append(value);
    return at + 1;
  }

  private int character(byte value, int at) {
    boolean fits = seen == 1 ? Utf8.isSecond(first, value) : Utf8.isContinuation(value);
    if (!fits) {
      return wrong(NOT_UTF_8, at);
    }
    clip.append(value);
    if (++seen == Utf8.length(first)) {
      stage = Stage.PLAIN;
    }
    return at + 1;
  }

  private int wrong(String what, int at) {
    trouble = what;
    return at;
  }
}
