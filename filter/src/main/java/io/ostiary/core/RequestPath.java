package io.ostiary.core;

/** The path of one call, in the one way the guard reads it. */
final class RequestPath {

  private RequestPath() {}

  static RequestPath of(Call call) {
    throw new UnsupportedOperationException(call.rawPath());
  }

  /** The path that is matched and named in answers: decoded, without parameters. */
  String text() {
    throw new UnsupportedOperationException();
  }
}
