package io.undertow.server;

/** Has the name of a class of Undertow's, and serves nothing. */
public final class Connectors {

  private Connectors() {}

  /** Runs until standard input ends. */
  public static void main(String[] args) throws Exception {
    System.out.println("LISTENING 1");
    while (System.in.read() >= 0) {
      // Until the test closes it.
    }
  }
}
