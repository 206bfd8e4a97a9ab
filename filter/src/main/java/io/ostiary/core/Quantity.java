package io.ostiary.core;

import java.time.Duration;

/** Reads numbers with their units; each message says what was expected, never what stood there. */
final class Quantity {

  private static final int MOST_DIGITS = 12;
  private static final String COUNT = "a whole number was expected, such as 200, 20k or 2M, from ";
  private static final String SIZE =
      "a size with its unit was expected, such as 512B, 64KiB, 4MiB or 1GiB, from 1B to 64GiB";
  private static final String SHARE = "a percentage was expected, such as 25%, from 1% to 100%";
  private static final String SIZE_OR_SHARE =
      "a size with its unit or a percentage was expected, such as 256MiB or 25%";
  private static final String TIME =
      "a time with its unit was expected, such as 500ms, 1s or 2m, from 10ms to 24h, or 0 for never";

  private static final String SPAN =
      "a time with its unit was expected, such as 500ms, 5s or 2m, from 10ms to 24h";

  private Quantity() {}

  /** A number; {@code k} stands for a thousand, {@code M} for a million. */
  static long count(String text, long least, long most) {
    int unit = unitAt(text);
    long factor =
        switch (text.substring(unit)) {
          case "" -> 1;
          case "k" -> 1_000;
          case "M" -> 1_000_000;
          default -> 0;
        };
    return scaled(text, unit, factor, least, most, COUNT + least + " to " + most);
  }

  /** A part of a whole, in percent. */
  static long percentage(String text) {
    int unit = unitAt(text);
    long factor = text.substring(unit).equals("%") ? 1 : 0;
    return scaled(text, unit, factor, 1, 100, SHARE);
  }

  /** A number of bytes. */
  static long size(String text) {
    int unit = unitAt(text);
    long factor =
        switch (text.substring(unit)) {
          case "B" -> 1;
          case "KiB" -> 1L << 10;
          case "MiB" -> 1L << 20;
          case "GiB" -> 1L << 30;
          default -> 0;
        };
    return scaled(text, unit, factor, 1, 64L << 30, SIZE);
  }

  /** A number of bytes, or a part of so many. */
  static long sizeOrShare(String text, long whole) {
    try {
      return text.endsWith("%") ? whole / 100 * percentage(text) : size(text);
    } catch (IllegalArgumentException neither) {
      throw new IllegalArgumentException(SIZE_OR_SHARE, neither);
    }
  }

  /** A time that something may take. */
  static Duration time(String text) {
    int unit = unitAt(text);
    return Duration.ofMillis(
        scaled(text, unit, millisIn(text.substring(unit)), 10, 86_400_000, SPAN));
  }

  /** A time between two looks, or zero for never. */
  static Duration interval(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    int unit = unitAt(text);
    return Duration.ofMillis(
        scaled(text, unit, millisIn(text.substring(unit)), 10, 86_400_000, TIME));
  }

  private static long millisIn(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      default -> 0;
    };
  }

  private static int unitAt(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private static long scaled(
      String text, int digits, long factor, long least, long most, String expectation) {
    if (digits == 0 || digits > MOST_DIGITS || factor == 0) {
      throw new IllegalArgumentException(expectation);
    }
    long number = Long.parseLong(text, 0, digits, 10);
    if (number > most / factor || number * factor < least) {
      throw new IllegalArgumentException(expectation);
    }
    return number * factor;
  }
}
