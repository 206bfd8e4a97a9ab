package io.ostiary.agent;

import org.jspecify.annotations.Nullable;

/**
 * What is woven into a method: calls of {@link io.ostiary.agent.hook.Hooks}, with some of the method's arguments by their
 * positions. It decides nothing.
 *
 * @param more the third argument of the hook, or {@link #NOTHING}
 * @param start a field that is 0 where the method is to be looked at, for one that calls itself, or {@code null}
 * @param only the internal name of the class of whose instances alone the method is looked at, for one that others inherit, or {@code null}
 */
record Advice(
    Kind kind, int request, int response, int more, @Nullable String start, @Nullable String only) {

  /** In place of an argument's position. */
  static final int NOTHING = -1;

  /** When the hook is called, and what becomes of the method. */
  enum Kind {
    /** First: a refused call skips the method, which returns {@code true} or nothing. */
    REFUSES,
    /** Where the method returns {@code true}: a refused call makes it return {@code false}. */
    REFUSES_WHAT_WAS_PARSED,
    /** First: swaps request and response, or skips the method; and again when the method is left. */
    ENTERS,
    /** First: an error that has been answered skips the method. */
    ANSWERS,
    /** First: what is told in place of the method's own is returned, and skips the method. */
    TELLS,
    /** First, with the instance. */
    STARTS,
    /** First, with the instance itself. */
    ENDS,
    /** First, and again when the method is left. */
    STOPS
  }

  private Advice(Kind kind, int request, int response, int more) {
    this(kind, request, response, more, null, null);
  }

  /** What is told of bytes that are no request: in place of a request there is a status, and of a response, header fields. */
  static final Advice OF_BAD_MESSAGE = new Advice(Kind.TELLS, 0, 2, NOTHING);

  /** The advice of a door. */
  static Advice of(String door) {
    return switch (door) {
      case "TomcatConnector" -> new Advice(Kind.REFUSES_WHAT_WAS_PARSED, 1, 3, NOTHING);
      case "JettyConnector" -> new Advice(Kind.REFUSES, 0, 0, NOTHING);
      case "JettyCoreConnector" -> new Advice(Kind.REFUSES, 0, 1, 2);
      // A chain calls the method again for each filter; only its start is a door.
      case "TomcatDispatch" -> new Advice(Kind.ENTERS, 0, 1, NOTHING, "pos", null);
      // Whatever wraps handlers has the method; of a server it is the way to all of them.
      case "JettyServer" ->
          new Advice(Kind.ENTERS, 2, 3, 1, null, "org/eclipse/jetty/server/Server");
      case "JettyContext" -> new Advice(Kind.ENTERS, 2, 3, 1);
      case "JettyDispatch" -> new Advice(Kind.ENTERS, 2, 3, 1);
      case "JettyCoreDispatch" -> new Advice(Kind.ENTERS, 2, 3, NOTHING);
      case "TomcatPages" -> new Advice(Kind.ANSWERS, 0, 1, NOTHING);
      case "JettyPages" -> new Advice(Kind.ANSWERS, 1, 2, NOTHING);
      case "JettyCorePages" -> new Advice(Kind.ANSWERS, 0, 1, 5);
      case "TomcatRelease" -> new Advice(Kind.ENDS, NOTHING, NOTHING, NOTHING);
      case "ServerStart" -> new Advice(Kind.STARTS, NOTHING, NOTHING, NOTHING);
      case "ServerStop" -> new Advice(Kind.STOPS, NOTHING, NOTHING, NOTHING);
      default -> throw new IllegalArgumentException(door);
    };
  }
}
