package io.ostiary.servlet.jakarta;

/** Thrown at the container, which cuts the connection then: the time of a call was over in the middle of its answer. */
final class BrokenOffException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BrokenOffException() {
    super("ostiary: the call's time was over in the middle of its answer", null, false, false);
  }
}
