package io.ostiary.core;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads one address literal: IPv4 in four decimal parts without leading zeros, since other parsers take those for octal, and
 * IPv6 by RFC 4291 section 2.2. Used by one thread, once.
 */
final class AddressReader {

  private static final int MALFORMED = -1;

  private final String text;
  private int at;
  private final int end;
  private long high;
  private long low;

  private AddressReader(String text, int from, int end) {
    this.text = text;
    this.at = from;
    this.end = end;
  }

  static @Nullable Address bare(String text) {
    return bare(text, 0, text.length());
  }

  /** An address with what may stand around it: brackets, a zone, a port (RFC 7239 section 6). */
  static @Nullable Address endpoint(String text) {
    if (text.startsWith("[")) {
      int close = text.indexOf(']');
      boolean sound = close > 0 && (close + 1 == text.length() || isPort(text, close + 1));
      return sound ? grouped(text, 1, close) : null;
    }
    int colon = text.indexOf(':');
    if (colon >= 0 && colon == text.lastIndexOf(':')) {
      return isPort(text, colon) ? dotted(text, 0, colon) : null;
    }
    return colon < 0 ? dotted(text, 0, text.length()) : grouped(text, 0, text.length());
  }

  /** An IPv6 address with or without a zone. */
  private static @Nullable Address grouped(String text, int from, int end) {
    int percent = text.indexOf('%', from);
    if (percent < 0 || percent >= end) {
      return ipv6(text, from, end);
    }
    return isName(text, percent + 1, end) ? ipv6(text, from, percent) : null;
  }

  private static @Nullable Address bare(String text, int from, int end) {
    return text.indexOf(':') < 0 ? dotted(text, from, end) : ipv6(text, from, end);
  }

  private static @Nullable Address dotted(String text, int from, int end) {
    long bits = new AddressReader(text, from, end).ipv4();
    return bits == MALFORMED ? null : Address.ipv4((int) bits);
  }

  private static @Nullable Address ipv6(String text, int from, int end) {
    int gap = text.indexOf("::", from);
    if (gap < 0 || gap + 2 > end) {
      AddressReader whole = new AddressReader(text, from, end);
      return whole.groups(true) == 8 ? new Address(whole.high, whole.low) : null;
    }
    AddressReader head = new AddressReader(text, from, gap);
    AddressReader tail = new AddressReader(text, gap + 2, end);
    int before = from == gap ? 0 : head.groups(false);
    int after = gap + 2 == end ? 0 : tail.groups(true);
    if (before == MALFORMED || after == MALFORMED || before + after > 7) {
      return null;
    }
    for (int i = before; i < 8; i++) {
      head.push(0);
    }
    return new Address(head.high | tail.high, head.low | tail.low);
  }

  /** How many groups of 16 bits stand up to the end; dotted decimal makes two, and may only be last. */
  private int groups(boolean mayEndDotted) {
    int count = 0;
    do {
      int read = mayEndDotted && isDotted() ? pushIpv4() : pushGroup();
      if (read == MALFORMED || count + read > 8) {
        return MALFORMED;
      }
      count += read;
    } while (skip(':'));
    return at == end ? count : MALFORMED;
  }

  private boolean isDotted() {
    int dot = text.indexOf('.', at);
    int colon = text.indexOf(':', at);
    return dot >= 0 && dot < end && (colon < 0 || colon > dot);
  }

  private int pushIpv4() {
    long bits = ipv4();
    push((int) (bits >>> 16) & 0xffff);
    push((int) bits & 0xffff);
    return bits == MALFORMED ? MALFORMED : 2;
  }

  private int pushGroup() {
    int start = at;
    int group = 0;
    while (at < end && at - start < 4 && HexFormat.isHexDigit(text.charAt(at))) {
      group = group << 4 | HexFormat.fromHexDigit(text.charAt(at++));
    }
    push(group);
    return at == start ? MALFORMED : 1;
  }

  private void push(int group) {
    high = high << 16 | low >>> 48;
    low = low << 16 | group;
  }

  /** The 32 bits of dotted decimal up to the end. */
  private long ipv4() {
    long bits = 0;
    for (int part = 0; part < 4; part++) {
      int octet = part == 0 || skip('.') ? octet() : MALFORMED;
      if (octet == MALFORMED) {
        return MALFORMED;
      }
      bits = bits << 8 | octet;
    }
    return at == end ? bits : MALFORMED;
  }

  private int octet() {
    int start = at;
    int value = 0;
    while (at < end && at - start < 3 && isDigit(text.charAt(at))) {
      value = value * 10 + text.charAt(at++) - '0';
    }
    boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
    return at == start || leadingZero || value > 255 ? MALFORMED : value;
  }

  private boolean skip(char expected) {
    boolean there = at < end && text.charAt(at) == expected;
    if (there) {
      at++;
    }
    return there;
  }

  /** Whether a colon and a port end the text; a port may be hidden behind a name (RFC 7239 section 6.3). */
  private static boolean isPort(String text, int colon) {
    int from = colon + 1;
    if (text.charAt(colon) != ':' || from == text.length()) {
      return false;
    }
    if (text.charAt(from) == '_') {
      return isName(text, from + 1, text.length());
    }
    int port = 0;
    for (int i = from; i < text.length() && port < 1 << 16; i++) {
      port = isDigit(text.charAt(i)) ? port * 10 + text.charAt(i) - '0' : 1 << 16;
    }
    return port < 1 << 16 && text.length() - from <= 5;
  }

  /** Whether an interface's or a hidden port's name stands there. */
  private static boolean isName(String text, int from, int end) {
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !isDigit(c) && c != '.' && c != '_' && c != '-' && c != '~') {
        return false;
      }
    }
    return from < end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
