package io.ostiary.core;

/**
 * One segment of a path pattern: what it begins and ends with, and how much must stand between. A literal is all beginning.
 *
 * @param least how many characters must stand between, at least
 */
record PathSegment(Kind kind, String before, String after, int least) {

  /** The most specific first. */
  enum Kind {
    /** One text. */
    LITERAL,
    /** {@code {model}} with literal text around it. */
    PARTLY,
    /** Any one segment. */
    WHOLE,
    /** Any number of segments. */
    REST
  }

  private static final String MODEL = "{model}";

  /** Holds a model's place, so that only the outer edges of the text around it are trimmed. */
  private static final String STAND_IN = "m";

  /** Matches what is written; what stands for {@code {model}} or {@code *} is not empty. */
  static PathSegment exact(String text) {
    int model = text.indexOf(MODEL);
    if (model < 0) {
      return unnamed(text, text, 1);
    }
    String after = text.substring(model + MODEL.length());
    return partly(text.substring(0, model), after, 1);
  }

  /** Matches segments in loose form; an empty model is matched, so that a guarded app never gets to see it unjudged. */
  static PathSegment loose(String text) {
    int model = text.indexOf(MODEL);
    if (model < 0) {
      return unnamed(text, LoosePath.fold(text), 0);
    }
    String before = LoosePath.fold(text.substring(0, model) + STAND_IN);
    String after = LoosePath.fold(STAND_IN + text.substring(model + MODEL.length()));
    return partly(before.substring(0, before.length() - 1), after.substring(1), 0);
  }

  private static PathSegment unnamed(String text, String literal, int least) {
    return switch (text) {
      case "*" -> new PathSegment(Kind.WHOLE, "", "", least);
      case "**" -> new PathSegment(Kind.REST, "", "", 0);
      default -> new PathSegment(Kind.LITERAL, literal, "", 0);
    };
  }

  private static PathSegment partly(String before, String after, int least) {
    boolean whole = before.isEmpty() && after.isEmpty();
    return new PathSegment(whole ? Kind.WHOLE : Kind.PARTLY, before, after, least);
  }

  boolean isRest() {
    return kind == Kind.REST;
  }

  boolean matches(String path, int from, int to) {
    int between = to - from - before.length() - after.length();
    return (kind == Kind.LITERAL ? between == 0 : between >= least)
        && path.startsWith(before, from)
        && path.startsWith(after, to - after.length());
  }

  /** Where what stands between begins in a segment that matches loosely: blanks and all, where nothing bounds it. */
  int innerFrom(String path, int from, int to) {
    return before.isEmpty() ? from : LoosePath.trimmedStart(path, from, to) + before.length();
  }

  /** Where it ends. */
  int innerTo(String path, int from, int to) {
    return after.isEmpty() ? to : LoosePath.trimmedEnd(path, from, to) - after.length();
  }

  /** Whether both are of one kind and some segment matches both. */
  boolean overlaps(PathSegment other) {
    return kind == other.kind
        && switch (kind) {
          case LITERAL -> before.equals(other.before);
          case PARTLY -> mayAgree(other);
          case WHOLE, REST -> true;
        };
  }

  private boolean mayAgree(PathSegment other) {
    return (before.startsWith(other.before) || other.before.startsWith(before))
        && (after.endsWith(other.after) || other.after.endsWith(after));
  }
}
