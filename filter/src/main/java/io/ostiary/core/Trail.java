package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/**
 * Where a JSON document stands on the paths of {@link Fields}. If strict, a name on them that stands twice in its object, or in
 * another case, is a problem; otherwise the last one counts and other cases are other names.
 */
final class Trail {

  private final Captures captures;
  private final boolean strict;

  /** The innermost open object that lies on a path, or {@code null}; those around it are its holders. */
  private Fields.@Nullable Name object;

  /** The name on a path that was read last, until its value begins; at first the document itself. */
  private Fields.@Nullable Name pending;

  /** The name whose value is being read, if it lies on a path. */
  private Fields.@Nullable Name current;

  private long namesSeen;

  Trail(Fields fields, Captures captures, boolean strict) {
    this.captures = captures;
    this.strict = strict;
    pending = fields.top();
  }

  /** Whether the object open at this depth lies on a path, so that its names matter. */
  boolean isOnPath(int depth) {
    return object != null && object.depth == depth;
  }

  /**
   * Takes a name of the object on the path.
   *
   * @return what is wrong with it, or {@code null}
   */
  @Nullable String name(Clip clip) {
    if (object == null) {
      return null;
    }
    Fields.Name name = object.member(clip);
    pending = name;
    if (name == null) {
      return strict ? lookalike(object.memberIgnoringCase(clip)) : null;
    }
    if (!strict) {
      captures.forget(name);
    } else if ((namesSeen & name.bit) != 0) {
      return "the field \"" + name.path + "\" stands twice";
    }
    namesSeen |= name.bit;
    return null;
  }

  private static @Nullable String lookalike(Fields.@Nullable Name name) {
    return name == null ? null : "the field \"" + name.path + "\" is written in another case";
  }

  /** Begins a value; answers the number of the field that it is, or {@link Fields.Name#NO_FIELD}. */
  int beginValue() {
    current = pending;
    pending = null;
    return current == null ? Fields.Name.NO_FIELD : current.field();
  }

  /** The value that has begun is an object. */
  void openObject() {
    if (current != null && current.hasMembers()) {
      object = current;
    }
  }

  /** The object or array that was open at this depth is closed. */
  void close(int depth) {
    if (object != null && object.depth == depth) {
      object = object.holder;
    }
  }
}
