package io.ostiary.core;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with places to fill, {@code {name}}, taken apart once. A brace is the start of a place only if a letter or an
 * underscore follows, so that JSON's own braces stand for themselves. A place that is never closed keeps its brace in its
 * name, and is thereby no good.
 */
record Template(List<Piece> pieces) {

  /** A part of a template. */
  sealed interface Piece {}

  /** Text that stays as it is. */
  record Literal(String text) implements Piece {}

  /** A place to fill. Its name is as written, and may be no good. */
  record Place(String name) implements Piece {

    /** Whether the name is made as names of places are: of small letters and underscores. */
    boolean isWellNamed() {
      return name.chars().allMatch(c -> c == '_' || (c >= 'a' && c <= 'z'));
    }
  }

  static Template of(String text) {
    List<Piece> pieces = new ArrayList<>();
    int done = 0;
    for (int at = text.indexOf('{'); at >= 0; at = text.indexOf('{', Math.max(at + 1, done))) {
      if (opensPlace(text, at)) {
        addLiteral(pieces, text.substring(done, at));
        int close = text.indexOf('}', at);
        String name = close < 0 ? text.substring(at) : text.substring(at + 1, close);
        pieces.add(new Place(name));
        done = close < 0 ? text.length() : close + 1;
      }
    }
    addLiteral(pieces, text.substring(done));
    return new Template(List.copyOf(pieces));
  }

  /** The places, in the order they come. */
  List<Place> places() {
    List<Place> places = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece instanceof Place place) {
        places.add(place);
      }
    }
    return places;
  }

  private static boolean opensPlace(String text, int at) {
    return at + 1 < text.length()
        && (text.charAt(at + 1) == '_' || Character.isLetter(text.charAt(at + 1)));
  }

  private static void addLiteral(List<Piece> pieces, String text) {
    if (!text.isEmpty()) {
      pieces.add(new Literal(text));
    }
  }
}
