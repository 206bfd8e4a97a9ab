package io.ostiary.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path of the policy file, segment by segment and decoded: literal segments, {@code *} for any one segment, {@code {model}}
 * for one or, between literal text, for part of one, and as the last one {@code **} for any rest, even none.
 *
 * <p>One pattern is more specific than another if it is so in the first segment in which their kinds differ: a literal comes
 * before a segment with {@code {model}} in it, that before {@code {model}} and {@code *}, and {@code **} comes last.
 */
final class PathPattern {

  /** The more specific pattern first. */
  static final Comparator<PathPattern> BY_SPECIFICITY = PathPattern::compareSpecificity;

  private static final String MODEL = "{model}";
  private static final String EXPECTED =
      "a path such as /v1/chat, /v1/models/{model}:predict or /v1/** expected";

  private final String text;
  private final List<PathSegment> written;
  private final List<PathSegment> loose;
  private final int modelAt;

  private PathPattern(
      String text, List<PathSegment> written, List<PathSegment> loose, int modelAt) {
    this.text = text;
    this.written = written;
    this.loose = loose;
    this.modelAt = modelAt;
  }

  /**
   * The pattern that a text spells.
   *
   * @throws IllegalArgumentException naming the pattern, what is wrong with it and what was expected
   */
  static PathPattern parse(String text) {
    if (!text.startsWith("/")) {
      throw refusal(text, "does not begin with /");
    }
    if (text.indexOf(MODEL) != text.lastIndexOf(MODEL)) {
      throw refusal(text, "has more than one {model}");
    }
    String[] segments = text.substring(1).split("/", -1);
    List<PathSegment> written = new ArrayList<>();
    List<PathSegment> loose = new ArrayList<>();
    int modelAt = -1;
    for (int i = 0; i < segments.length; i++) {
      String segment = segments[i];
      check(text, segment, i == segments.length - 1);
      if (segment.contains(MODEL)) {
        modelAt = i;
      }
      written.add(PathSegment.exact(segment));
      if (!segment.isEmpty()) {
        loose.add(PathSegment.loose(segment));
      }
    }
    return new PathPattern(text, List.copyOf(written), List.copyOf(loose), modelAt);
  }

  private static void check(String text, String segment, boolean last) {
    if (segment.isEmpty() && !last) {
      throw refusal(text, "has an empty segment");
    }
    if (segment.equals("**") ? !last : segment.contains("*") && !segment.equals("*")) {
      throw refusal(text, "has a * that is neither a whole segment nor the last one as **");
    }
    if (!segment.isEmpty() && LoosePath.trimmedEnd(segment, 0, segment.length()) == 0) {
      throw refusal(text, "has a segment of dots or blanks only");
    }
    if (segment.codePoints().anyMatch(c -> Character.isISOControl(c) || "?#%;\\".indexOf(c) >= 0)) {
      throw refusal(text, "has one of ? # % ; \\ or a control character; a decoded path expected");
    }
    String literal = segment.replace(MODEL, "");
    if (literal.contains("{") || literal.contains("}")) {
      throw refusal(text, "has braces around something else than {model}");
    }
  }

  private static IllegalArgumentException refusal(String text, String problem) {
    return new IllegalArgumentException("\"%s\" %s; %s".formatted(text, problem, EXPECTED));
  }

  /** Whether a path is, character by character, what the pattern says. */
  boolean matches(String path) {
    return matches(written, path);
  }

  /** Whether the loose form of a path, made by {@link LoosePath#fold}, is that of a path the pattern says. */
  boolean matchesLoosely(String folded) {
    return matches(loose, folded);
  }

  private static boolean matches(List<PathSegment> segments, String path) {
    int at = 0;
    for (int i = 0; i < segments.size(); i++) {
      PathSegment segment = segments.get(i);
      if (segment.isRest()) {
        return true;
      }
      if (at >= path.length()) {
        return false;
      }
      int end = LoosePath.segmentEnd(path, at + 1);
      if (!segment.matches(path, at + 1, end)) {
        return false;
      }
      at = end;
    }
    return at == path.length();
  }

  /** What stands for {@code {model}} in a path that matches; it may be empty if the path matches loosely only. */
  @Nullable String model(String path) {
    return modelAt < 0 ? null : path.substring(modelFrom(path), modelTo(path));
  }

  /** Where that begins in a path that matches a pattern with {@code {model}}. */
  int modelFrom(String path) {
    int from = segmentFrom(path, modelAt);
    return loose.get(modelAt).innerFrom(path, from, LoosePath.segmentEnd(path, from));
  }

  /** Where it ends. */
  int modelTo(String path) {
    int from = segmentFrom(path, modelAt);
    return loose.get(modelAt).innerTo(path, from, LoosePath.segmentEnd(path, from));
  }

  /** Where the segment with {@code {model}} begins in a path of as many segments, be it encoded or not. */
  int modelSegment(String path) {
    return segmentFrom(path, modelAt);
  }

  private static int segmentFrom(String path, int index) {
    int from = 1;
    for (int i = 0; i < index; i++) {
      from = LoosePath.segmentEnd(path, from) + 1;
    }
    return from;
  }

  /**
   * Whether some path matches both, loosely, and neither is the more specific one, so that nothing would tell which of two
   * routes is meant.
   */
  boolean overlaps(PathPattern other) {
    if (loose.size() != other.loose.size()) {
      return false;
    }
    for (int i = 0; i < loose.size(); i++) {
      if (!loose.get(i).overlaps(other.loose.get(i))) {
        return false;
      }
    }
    return true;
  }

  private int compareSpecificity(PathPattern other) {
    int common = Math.min(loose.size(), other.loose.size());
    for (int i = 0; i < common; i++) {
      int byKind = loose.get(i).kind().compareTo(other.loose.get(i).kind());
      if (byKind != 0) {
        return byKind;
      }
    }
    // A path that both match ends here, or one of the two goes on with ** and says less.
    return Integer.compare(loose.size(), other.loose.size());
  }

  /** Whether the pattern has a {@code {model}} in it. */
  boolean namesModel() {
    return modelAt >= 0;
  }

  /** Whether the pattern is one path. */
  boolean isLiteral() {
    return loose.stream().allMatch(segment -> segment.kind() == PathSegment.Kind.LITERAL);
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
