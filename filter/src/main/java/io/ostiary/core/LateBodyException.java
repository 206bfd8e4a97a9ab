package io.ostiary.core;

import java.io.IOException;

/** A body did not come while the call had time. */
final class LateBodyException extends IOException {

  private static final long serialVersionUID = 1L;

  LateBodyException() {
    super("the body did not come in time");
  }
}
