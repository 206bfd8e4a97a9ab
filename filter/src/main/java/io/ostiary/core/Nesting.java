package io.ostiary.core;

import java.util.Arrays;

/** The objects and arrays that a JSON document has open, one bit each. */
final class Nesting {

  private long[] objects = new long[1];
  private int depth;
  private boolean inObject;

  int depth() {
    return depth;
  }

  void reset() {
    objects[0] = 0;
    depth = 0;
    inObject = false;
  }

  void open(boolean object) {
    int word = depth >>> 6;
    if (word == objects.length) {
      objects = Arrays.copyOf(objects, 2 * objects.length);
    }
    long bit = 1L << depth;
    objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
    depth++;
    inObject = object;
  }

  void close() {
    depth--;
    inObject = depth > 0 && isObject(depth - 1);
  }

  /** Whether the innermost one is an object; false if none is open. */
  boolean isInObject() {
    return inObject;
  }

  /** Whether the outermost one is an object, be it closed by now or not; false if there has been none. */
  boolean isOutermostObject() {
    return isObject(0);
  }

  private boolean isObject(int level) {
    return (objects[level >>> 6] & (1L << level)) != 0;
  }
}
