package io.ostiary.core;

import java.math.BigDecimal;

/** One JSON number as it goes by (RFC 8259 section 6), its bytes put into a {@link Clip}. */
final class JsonNumber {

  /** What {@link #wholeNumber} says of a number that is none, or does not fit. */
  static final long NO_WHOLE_NUMBER = Long.MIN_VALUE;

  /** So many characters of a whole number surely fit a {@code long}. */
  private static final int LONGEST_SIMPLE = 18;

  private enum Stage {
    MINUS,
    ZERO,
    WHOLE,
    POINT,
    FRACTION,
    E,
    SIGN,
    EXPONENT,
    OVER
  }

  private final Clip clip;
  private Stage stage = Stage.OVER;
  private Stage last = Stage.OVER;

  JsonNumber(Clip clip) {
    this.clip = clip;
  }

  /** Begins a number with its first byte, a minus or a digit; so many bytes of it are wanted. */
  void begin(byte value, int wanted) {
    clip.begin(wanted);
    clip.append(value);
    stage = value == '-' ? Stage.MINUS : value == '0' ? Stage.ZERO : Stage.WHOLE;
  }

  /**
   * Reads as long as the bytes can belong to the number.
   *
   * @return the index of the first byte that does not
   */
  int accept(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end) {
      Stage next = next(bytes[at]);
      if (next == Stage.OVER) {
        break;
      }
      stage = next;
      at++;
    }
    clip.append(bytes, from, at);
    if (at < end) {
      finish();
    }
    return at;
  }

  /** Nothing more comes that could belong to the number. */
  void finish() {
    last = stage;
    stage = Stage.OVER;
  }

  boolean isOver() {
    return stage == Stage.OVER;
  }

  /** Whether what came is a number. */
  boolean isValid() {
    return switch (last) {
      case ZERO, WHOLE, FRACTION, EXPONENT -> true;
      default -> false;
    };
  }

  private Stage next(byte value) {
    if (value >= '0' && value <= '9') {
      return afterDigit(value);
    }
    return switch (value) {
      case '.' -> stage == Stage.ZERO || stage == Stage.WHOLE ? Stage.POINT : Stage.OVER;
      case 'e', 'E' -> mayHaveExponent() ? Stage.E : Stage.OVER;
      case '+', '-' -> stage == Stage.E ? Stage.SIGN : Stage.OVER;
      default -> Stage.OVER;
    };
  }

  private Stage afterDigit(byte digit) {
    return switch (stage) {
      case MINUS -> digit == '0' ? Stage.ZERO : Stage.WHOLE;
      case WHOLE -> Stage.WHOLE;
      case POINT, FRACTION -> Stage.FRACTION;
      case E, SIGN, EXPONENT -> Stage.EXPONENT;
      case ZERO, OVER -> Stage.OVER;
    };
  }

  private boolean mayHaveExponent() {
    return stage == Stage.ZERO || stage == Stage.WHOLE || stage == Stage.FRACTION;
  }

  /**
   * The number that was read, if it is whole, fits a {@code long} other than {@link Long#MIN_VALUE}, and was wanted whole; else
   * {@link #NO_WHOLE_NUMBER}. {@code 1e3} and {@code 100.0} are whole.
   */
  long wholeNumber() {
    if (!clip.isWhole()) {
      return NO_WHOLE_NUMBER;
    }
    if (clip.length() <= LONGEST_SIMPLE && (last == Stage.WHOLE || last == Stage.ZERO)) {
      return clip.integer();
    }
    String text = clip.text();
    try {
      return last == Stage.EXPONENT || last == Stage.FRACTION
          ? new BigDecimal(text).longValueExact()
          : Long.parseLong(text);
    } catch (ArithmeticException | NumberFormatException notWhole) {
      return NO_WHOLE_NUMBER;
    }
  }
}
