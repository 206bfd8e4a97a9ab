package io.ostiary.core;

import java.util.List;

/**
 * A browser asking, without credentials, whether a script of another origin may call (Fetch, section 3.3.2). What looks like
 * one and has a body is none; and since over HTTP/2 nothing need announce a body, the app is given an empty one. Nor is it one that
 * asks the app to take it for another method, which no browser does.
 */
final class Preflight {

  private static final List<String> OTHER_METHOD =
      List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override");

  private Preflight() {}

  static boolean is(Call call) {
    return call.method().equals("OPTIONS")
        && call.header("Origin") != null
        && call.header("Access-Control-Request-Method") != null
        && call.declaredLength() <= 0
        && call.header("Transfer-Encoding") == null
        && call.header("Upgrade") == null
        && !asksForOtherMethod(call);
  }

  private static boolean asksForOtherMethod(Call call) {
    for (int i = 0; i < OTHER_METHOD.size(); i++) {
      if (call.header(OTHER_METHOD.get(i)) != null) {
        return true;
      }
    }
    return false;
  }
}
