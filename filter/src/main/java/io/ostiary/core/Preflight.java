package io.ostiary.core;

/**
 * A browser asking, without credentials, whether a script of another origin may call (Fetch, section 3.3.2). What looks like
 * one and has a body is none; and since over HTTP/2 nothing need announce a body, the app is given an empty one.
 */
final class Preflight {

  private Preflight() {}

  static boolean is(Call call) {
    return call.method().equals("OPTIONS")
        && call.header("Origin") != null
        && call.header("Access-Control-Request-Method") != null
        && call.declaredLength() <= 0
        && call.header("Transfer-Encoding") == null
        && call.header("Upgrade") == null;
  }
}
