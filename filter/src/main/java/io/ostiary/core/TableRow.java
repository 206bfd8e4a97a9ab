package io.ostiary.core;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of a vendor's catalogue, as a table has it: {@code <kind>.<id> = <cell> | <cell> | …}.
 *
 * @param line where it stands; the value is not yet taken apart
 */
record TableRow(Kind kind, String id, TableLine line) {

  /** Whose words a row has, and who raises it. */
  enum Kind {
    /** On the vendor's page, and raised by the guard. */
    GUARD,
    /** Raised by the guard with a code of the vendor, where the vendor's page has no text for it. */
    OWN,
    /** On the vendor's page or wire, and raised only by the application or model behind the guard. */
    APP,
    /** On the vendor's page, but raised only by parts of the vendor's cloud that are not here. */
    ELSEWHERE;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The kind that a table writes like this, or {@code null}. */
    static @Nullable Kind of(String text) {
      for (Kind kind : values()) {
        if (kind.text.equals(text)) {
          return kind;
        }
      }
      return null;
    }

    /** Whether a reason may lead to rows of this kind. */
    boolean isRaisedHere() {
      return this == GUARD || this == OWN;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
