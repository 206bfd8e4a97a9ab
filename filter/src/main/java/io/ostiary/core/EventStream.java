package io.ostiary.core;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream of events ({@code text/event-stream}, WHATWG HTML section 9.2.6) as it goes by: the data of each event is a document.
 * Lines end with CR, LF or CRLF, cut anywhere; fields other than {@code data}, and comments, do not matter. The data of an event
 * that the end of the stream cuts off counts, since it has left.
 */
final class EventStream implements Framing {

  private static final byte[] DATA = "data".getBytes(US_ASCII);
  private static final byte[] LINE_FEED = {'\n'};

  private enum Stage {
    BYTE_ORDER_MARK,
    NAME,
    SPACE,
    DATA,
    OTHER
  }

  private final Documents documents;
  private final @Nullable BooleanSupplier mayGoOn;

  private Stage stage = Stage.BYTE_ORDER_MARK;

  /** How many bytes of what this stage expects have come. */
  private int seen;

  /** The last byte was a CR: an LF would belong to the same end of line. */
  private boolean afterReturn;

  private boolean hasData;

  /** An event has ended, and it has not been asked whether another may follow. */
  private boolean eventOver;

  private boolean stopped;

  /**
   * A stream of events.
   *
   * @param mayGoOn asked after each event whether another may leave; {@code null} for always
   */
  EventStream(Documents documents, @Nullable BooleanSupplier mayGoOn) {
    this.documents = documents;
    this.mayGoOn = mayGoOn;
  }

  /**
   * Reads bytes; answers how many may leave: all, or those up to the end of the blank line after which no event may follow. When
   * the bytes end with a CR, the LF that may belong to it is waited for before it is asked.
   */
  @Override
  public int accept(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end && !stopped) {
      if (afterReturn) {
        afterReturn = false;
        at += bytes[at] == '\n' ? 1 : 0;
      } else if (eventOver) {
        ask();
      } else {
        at = read(bytes, at, end);
      }
    }
    if (eventOver && !afterReturn) {
      ask();
    }
    return at - offset;
  }

  @Override
  public void finish() {
    if (hasData) {
      hasData = false;
      documents.end();
    }
  }

  private void ask() {
    eventOver = false;
    stopped = mayGoOn != null && !mayGoOn.getAsBoolean();
  }

  private int read(byte[] bytes, int at, int end) {
    byte value = bytes[at];
    return switch (stage) {
      case BYTE_ORDER_MARK -> byteOrderMark(value, at);
      case NAME -> name(value, at);
      case SPACE -> {
        stage = Stage.DATA;
        yield value == ' ' ? at + 1 : at;
      }
      case DATA -> data(bytes, at, end);
      case OTHER -> toEndOfLine(bytes, lineEnd(bytes, at, end), end);
    };
  }

  private int byteOrderMark(byte value, int at) {
    if (value != JsonWord.BYTE_ORDER_MARK.at(seen)) {
      stage = seen == 0 ? Stage.NAME : Stage.OTHER;
      return at;
    }
    if (++seen == JsonWord.BYTE_ORDER_MARK.length()) {
      beginLine();
    }
    return at + 1;
  }

  private int name(byte value, int at) {
    if (isLineEnd(value)) {
      endLine(value);
    } else if (seen < DATA.length && value == DATA[seen]) {
      seen++;
    } else if (seen == DATA.length && value == ':') {
      beginData();
      stage = Stage.SPACE;
    } else {
      stage = Stage.OTHER;
    }
    return at + 1;
  }

  private int data(byte[] bytes, int from, int end) {
    int to = lineEnd(bytes, from, end);
    if (to > from) {
      documents.piece(bytes, from, to - from);
    }
    return toEndOfLine(bytes, to, end);
  }

  /** The lines of one event's data are one text. */
  private void beginData() {
    if (hasData) {
      documents.piece(LINE_FEED, 0, LINE_FEED.length);
    }
    hasData = true;
  }

  private static int lineEnd(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && !isLineEnd(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isLineEnd(byte value) {
    return value == '\n' || value == '\r';
  }

  private int toEndOfLine(byte[] bytes, int at, int end) {
    if (at == end) {
      return end;
    }
    endLine(bytes[at]);
    return at + 1;
  }

  private void endLine(byte lineEnd) {
    afterReturn = lineEnd == '\r';
    if (stage == Stage.NAME && seen == 0) {
      eventOver = hasData;
      finish();
    } else if (stage == Stage.NAME && seen == DATA.length) {
      beginData();
    }
    beginLine();
  }

  private void beginLine() {
    stage = Stage.NAME;
    seen = 0;
  }
}
