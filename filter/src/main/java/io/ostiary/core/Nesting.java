package io.ostiary.core;

import java.util.Arrays;

/** The objects and arrays that a JSON document has open, one bit each. */
final class Nesting {

  private long[] objects = new long[1];
  private int depth;

  int depth() {
    return depth;
  }

  void reset() {
    depth = 0;
  }

  void open(boolean object) {
    int word = depth >>> 6;
    if (word == objects.length) {
      objects = Arrays.copyOf(objects, 2 * objects.length);
    }
    long bit = 1L << depth;
    objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
    depth++;
  }

  void close() {
    depth--;
  }

  /** Whether the innermost one is an object; false if none is open. */
  boolean isInObject() {
    if (depth == 0) {
      return false;
    }
    int innermost = depth - 1;
    return (objects[innermost >>> 6] & (1L << innermost)) != 0;
  }

  /** Whether the outermost one is an object; false if none is open. */
  boolean isOutermostObject() {
    return depth > 0 && (objects[0] & 1) != 0;
  }
}
