package io.ostiary.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a {@link JsonScanner} reads: dotted paths of object members such as {@code usage.total_tokens}, compiled once
 * and shared by all calls. Those of requests name object members only, at most 63 in all; those of answers may lead through
 * arrays, and several paths may lead to one field.
 */
final class Fields {

  /** What the last name of an answer's path says when the field is all strings and numbers below it. */
  static final String EVERYTHING = "*";

  private static final String ELEMENT = "[]";
  private static final int MOST_NAMES = 63;
  private static final int MOST_NAMES_OF_ANSWERS = 255;

  private final String[] paths;
  private final Use[] uses;
  private final boolean ofAnswers;
  private final Name top = new Name(null, "", "", 0);
  private int names = 1;
  private int longestName;

  private Fields(String[] paths, Use[] uses, boolean ofAnswers) {
    this.paths = paths;
    this.uses = uses;
    this.ofAnswers = ofAnswers;
  }

  /**
   * Compiles paths whose values are kept; a field's number is its place here.
   *
   * @throws IllegalArgumentException if a path is empty, has an empty name, or stands twice, or if there are too many names
   */
  static Fields of(String... dottedPaths) {
    Use[] kept = new Use[dottedPaths.length];
    Arrays.fill(kept, Use.KEPT);
    Fields fields = new Fields(dottedPaths.clone(), kept, false);
    for (int i = 0; i < dottedPaths.length; i++) {
      fields.add(dottedPaths[i], i);
    }
    return fields;
  }

  /**
   * Compiles fields for lenient scanners; a field's number is its place here. {@code a[]} means the elements of the array
   * {@code a}, {@code []} those of a document that is an array, and {@code a.*} all that stands below {@code a}.
   *
   * @throws IllegalArgumentException if a path is empty, has an empty name, stands twice, or has anything but {@code []} after
   *     a name, or if there are too many names
   */
  static Fields ofAnswers(List<Field> answerFields) {
    String[] paths = new String[answerFields.size()];
    Use[] uses = new Use[paths.length];
    Fields fields = new Fields(paths, uses, true);
    for (int i = 0; i < paths.length; i++) {
      Field field = answerFields.get(i);
      paths[i] = String.join(", ", field.paths());
      uses[i] = field.use();
      for (String path : field.paths()) {
        fields.add(path, i);
      }
    }
    return fields;
  }

  private void add(String path, int field) {
    Name name = top;
    int from = 0;
    while (from <= path.length()) {
      int dot = path.indexOf('.', from);
      int to = dot < 0 ? path.length() : dot;
      name = ofAnswers ? stepOfAnswers(name, path, from, to) : step(name, path, from, to);
      from = to + 1;
    }
    if (name.field >= 0) {
      throw new IllegalArgumentException("the field " + name.path + " stands twice");
    }
    name.field = field;
  }

  private Name stepOfAnswers(Name holder, String path, int from, int to) {
    if (to == path.length() && path.substring(from).equals(EVERYTHING)) {
      holder.everything = true;
      return holder;
    }
    int at = from;
    while (at < to && path.charAt(at) != '[' && path.charAt(at) != ']') {
      at++;
    }
    boolean isArrayOnTop = from == 0 && at == 0 && at < to;
    Name name = isArrayOnTop ? holder : step(holder, path, from, at);
    while (at < to) {
      if (!path.startsWith(ELEMENT, at)) {
        throw new IllegalArgumentException(
            "only [] may follow a name in the field \"" + path + "\"");
      }
      at += ELEMENT.length();
      name = element(name, path, at);
    }
    return name;
  }

  private Name element(Name array, String path, int to) {
    Name element = array.element;
    if (element == null) {
      element = newName(array, path.substring(0, to), ELEMENT);
      array.element = element;
    }
    return element;
  }

  private Name step(Name holder, String path, int from, int to) {
    if (from == to) {
      throw new IllegalArgumentException("an empty name in the field \"" + path + "\"");
    }
    String text = path.substring(from, to);
    for (Name known : holder.members) {
      if (known.text.equals(text)) {
        return known;
      }
    }
    Name name = newName(holder, path.substring(0, to), text);
    holder.add(name);
    longestName = Math.max(longestName, name.utf8.length);
    return name;
  }

  private Name newName(Name holder, String path, String text) {
    int most = ofAnswers ? MOST_NAMES_OF_ANSWERS : MOST_NAMES;
    if (names > most) {
      throw new IllegalArgumentException("more than " + most + " names in the fields");
    }
    return new Name(holder, path, text, names++);
  }

  int size() {
    return paths.length;
  }

  /** A field's path, or all of them. */
  String path(int i) {
    return paths[i];
  }

  Use use(int i) {
    return uses[i];
  }

  /** Whether the paths are those of answers, which no strict scanner can judge. */
  boolean areOfAnswers() {
    return ofAnswers;
  }

  /** Whether any field's value itself is asked for. */
  boolean keepValues() {
    for (Use use : uses) {
      if (use == Use.KEPT) {
        return true;
      }
    }
    return false;
  }

  /** The document itself, which has no name. */
  Name top() {
    return top;
  }

  /**
   * How many bytes of a document's name decide whether it is one of these: one letter of ours may stand as a letter of three
   * bytes that differs only in case (U+212A, the Kelvin sign, for k).
   */
  int decisiveBytes() {
    return 3 * longestName + 1;
  }

  /** What a field's value is read for. */
  enum Use {
    /** The value itself. */
    KEPT(JsonScanner.LONGEST_STRING),
    /** A whole number, the largest if there are several. */
    COUNT(0),
    /** How long the strings are, in UTF-8 bytes and in sum. */
    TEXT(0),
    /** That there is such a field. */
    SIGN(0),
    /** Whether a string ends with {@code .delta}, as the types of events do that carry a piece of something. */
    TYPE_OF_EVENT(JsonScanner.LONGEST_STRING);

    private final int stringBytes;

    Use(int stringBytes) {
      this.stringBytes = stringBytes;
    }

    /** How many bytes of a string are looked at. */
    int stringBytes() {
      return stringBytes;
    }
  }

  /** A field of answers: what it is read for, and all the paths that lead to it. */
  record Field(Use use, List<String> paths) {}

  /** One name on the paths: of a field, of an object or array on the way to fields, or of both. */
  static final class Name {

    static final int NO_FIELD = -1;

    private static final Name[] NONE = {};

    final @Nullable Name holder;
    final String path;
    final long bit;
    final int depth;
    private final String text;
    private final byte[] utf8;
    private int field = NO_FIELD;
    private boolean everything;
    private Name[] members = NONE;

    /** The members by {@link Clip#hash}, each there or in the next free place; at least half of the places are free. */
    private @Nullable Name[] places = new Name[1];

    private @Nullable Name element;

    private Name(@Nullable Name holder, String path, String text, int number) {
      this.holder = holder;
      this.path = path;
      this.text = text;
      this.utf8 = text.getBytes(StandardCharsets.UTF_8);
      this.bit = 1L << number;
      this.depth = holder == null ? 1 : holder.depth + 1;
    }

    private void add(Name member) {
      members = Arrays.copyOf(members, members.length + 1);
      members[members.length - 1] = member;
      places = new Name[4 * Integer.highestOneBit(members.length)];
      for (Name each : members) {
        int at = Clip.hash(each.utf8, each.utf8.length) & (places.length - 1);
        while (places[at] != null) {
          at = (at + 1) & (places.length - 1);
        }
        places[at] = each;
      }
    }

    /** The number of the field that this name is, or {@link #NO_FIELD}. */
    int field() {
      return field;
    }

    /** Whether the field is not only this value but all below it. */
    boolean isEverything() {
      return everything;
    }

    boolean hasMembers() {
      return members.length > 0;
    }

    /** What the elements of an array are that this name is, or {@code null} if they do not matter. */
    @Nullable Name element() {
      return element;
    }

    /** The member that a name in a document is, byte for byte. */
    @Nullable Name member(Clip name) {
      int at = name.hash();
      Name member;
      do {
        member = places[at++ & (places.length - 1)];
      } while (member != null && !name.is(member.utf8));
      return member;
    }

    /** The member that a name in a document is, but for case. */
    @Nullable Name memberIgnoringCase(Clip name) {
      for (Name member : members) {
        if (name.isIgnoringCase(member.text)) {
          return member;
        }
      }
      return null;
    }
  }
}
