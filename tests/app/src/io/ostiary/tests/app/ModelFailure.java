package io.ostiary.tests.app;

/** What the app has a page of its own for. */
public final class ModelFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ModelFailure() {
    super("as it was asked to");
  }
}
