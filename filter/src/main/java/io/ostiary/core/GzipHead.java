package io.ostiary.core;

/** The head of a gzip member as it goes by (RFC 1952 section 2.3). */
final class GzipHead {

  private static final int FIXED = 10;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;
  private static final int DEFLATED = 8;

  private int seen;
  private int flags;
  private int left;
  private boolean wrong;

  /** Takes the next byte; answers whether the head is over, or wrong. */
  boolean accept(int value) {
    if (seen < FIXED) {
      fixed(value);
      seen++;
      return wrong || (seen == FIXED && flags == 0);
    }
    if ((flags & EXTRA) != 0) {
      extra(value);
    } else if ((flags & (NAME | COMMENT)) != 0) {
      if (value == 0) {
        flags &= (flags & NAME) != 0 ? ~NAME : ~COMMENT;
      }
    } else if (++left == 2) {
      flags = 0;
    }
    return flags == 0;
  }

  private void fixed(int value) {
    switch (seen) {
      case 0 -> wrong = value != 0x1F;
      case 1 -> wrong = value != 0x8B;
      case 2 -> wrong = value != DEFLATED;
      case 3 -> {
        wrong = (value & RESERVED) != 0;
        // That the content may be text means nothing to a reader.
        flags = value & (HEADER_CRC | EXTRA | NAME | COMMENT);
      }
      default -> {}
    }
  }

  /** A length of two bytes, the lower first, and as many bytes. */
  private void extra(int value) {
    if (seen < FIXED + 2) {
      left |= value << (8 * (seen - FIXED));
    } else {
      left--;
    }
    seen++;
    if (seen >= FIXED + 2 && left == 0) {
      flags &= ~EXTRA;
    }
  }

  boolean isWrong() {
    return wrong;
  }
}
