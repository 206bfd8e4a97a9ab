package io.ostiary.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a {@link JsonScanner} reads: dotted paths of object members such as {@code usage.total_tokens}, compiled once
 * and shared by all calls. Elements of arrays are never meant. At most 63 names may stand on the paths.
 */
final class Fields {

  private static final int MOST_NAMES = 63;

  private final String[] paths;
  private final Name top = new Name(null, "", "", 0);
  private int names = 1;
  private int longestName;

  private Fields(String[] paths) {
    this.paths = paths;
  }

  /**
   * Compiles paths; a field's number is its place here.
   *
   * @throws IllegalArgumentException if a path is empty, has an empty name, or stands twice, or if there are too many names
   */
  static Fields of(String... dottedPaths) {
    Fields fields = new Fields(dottedPaths.clone());
    for (int i = 0; i < dottedPaths.length; i++) {
      fields.add(dottedPaths[i], i);
    }
    return fields;
  }

  private void add(String path, int field) {
    Name name = top;
    int from = 0;
    while (from <= path.length()) {
      int dot = path.indexOf('.', from);
      int to = dot < 0 ? path.length() : dot;
      name = step(name, path, from, to);
      from = to + 1;
    }
    if (name.field >= 0) {
      throw new IllegalArgumentException("the field " + path + " stands twice");
    }
    name.field = field;
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
    if (names > MOST_NAMES) {
      throw new IllegalArgumentException("more than " + MOST_NAMES + " names in the fields");
    }
    Name name = new Name(holder, path.substring(0, to), text, names++);
    holder.members = Arrays.copyOf(holder.members, holder.members.length + 1);
    holder.members[holder.members.length - 1] = name;
    longestName = Math.max(longestName, name.utf8.length);
    return name;
  }

  int size() {
    return paths.length;
  }

  String path(int i) {
    return paths[i];
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

  /** One name on the paths: of a field, of an object on the way to fields, or of both. */
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
    private Name[] members = NONE;

    private Name(@Nullable Name holder, String path, String text, int number) {
      this.holder = holder;
      this.path = path;
      this.text = text;
      this.utf8 = text.getBytes(StandardCharsets.UTF_8);
      this.bit = 1L << number;
      this.depth = holder == null ? 1 : holder.depth + 1;
    }

    /** The number of the field that this name is, or {@link #NO_FIELD}. */
    int field() {
      return field;
    }

    boolean hasMembers() {
      return members.length > 0;
    }

    Name[] members() {
      return members;
    }

    /** The member that a name in a document is, byte for byte. */
    @Nullable Name member(Clip name) {
      for (Name member : members) {
        if (name.is(member.utf8)) {
          return member;
        }
      }
      return null;
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
