package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/**
 * Where a JSON document stands on the paths of {@link Fields}. If strict, a name on them that stands twice in its object, or in
 * another case, is a problem; otherwise other cases are other names.
 */
final class Trail {

  private final Fields fields;
  private final Nesting nesting;
  private final boolean strict;

  /** The innermost open object or array that lies on a path, or {@code null}; those around it are its holders. */
  private Fields.@Nullable Name open;

  /** The name on a path that was read last, until its value begins; at first the document itself. */
  private Fields.@Nullable Name pending;

  /** The name whose value is being read, if it lies on a path. */
  private Fields.@Nullable Name current;

  private long namesSeen;

  Trail(Fields fields, Nesting nesting, boolean strict) {
    this.fields = fields;
    this.nesting = nesting;
    this.strict = strict;
    pending = fields.top();
  }

  /** Back to the beginning, for the next document. */
  void reset() {
    open = null;
    pending = fields.top();
    current = null;
    namesSeen = 0;
  }

  /** Whether the innermost open object lies on a path, so that its names matter. */
  boolean isOnPath() {
    return open != null && open.depth == nesting.depth();
  }

  /**
   * Takes a name of the object on the path.
   *
   * @return what is wrong with it, or {@code null}
   */
  @Nullable String name(Clip clip) {
    if (open == null) {
      return null;
    }
    Fields.Name name = open.member(clip);
    pending = name;
    if (!strict) {
      return null;
    }
    if (name == null) {
      return lookalike(open.memberIgnoringCase(clip));
    }
    if ((namesSeen & name.bit) != 0) {
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
    if (current == null && !strict) {
      current = element();
    }
    return current == null ? Fields.Name.NO_FIELD : current.field();
  }

  /** What the next element is of the array that is open and lies on a path, or {@code null}. */
  private Fields.@Nullable Name element() {
    return open != null && isOnPath() && !nesting.isInObject() ? open.element() : null;
  }

  /** Whether everything below the value that has begun belongs to its field. */
  boolean isEverything() {
    return current != null && current.isEverything();
  }

  /** The value that has begun is an object, or else an array. */
  void open(boolean isObject) {
    if (current != null && (isObject ? current.hasMembers() : current.element() != null)) {
      open = current;
    }
  }

  /** The innermost object or array is about to be closed. */
  void close() {
    if (open != null && open.depth == nesting.depth()) {
      open = open.holder;
    }
  }
}
