package io.ostiary.agent.hook;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the woven lines in a container's methods call. It lies on the system class path, where every container finds it, and
 * speaks JDK types only; the work is done behind {@link Doors}, in a class loader of the agent's own. What is not expected
 * here ends in an exception, which the container answers with 500: nothing is let through by accident.
 */
public final class Hooks {

  private static volatile @Nullable Doors doors;

  private Hooks() {}

  /** Sets who stands behind the hooks; only the first call counts, so that nothing can take the guard's place later. */
  public static synchronized void open(Doors behind) {
    if (doors == null) {
      doors = behind;
    }
  }

  /** Whether anybody stands behind the hooks. */
  static boolean areOpen() {
    return doors != null;
  }

  /**
   * The first door, at a server's connector.
   *
   * @param here the class of the woven method
   * @param more what else the container needs to end the call
   * @return whether the call has been refused and answered
   */
  public static boolean refuses(
      Class<?> here, Object request, Object response, @Nullable Object more) {
    return behind().refuses(here, request, response, more);
  }

  /**
   * The second door, where the server hands the call to an app.
   *
   * @param here the class of the woven method
   * @param more what else the container needs to end the call
   * @return a {@link Passage}, or {@code null} to leave the call as it is
   */
  public static @Nullable Object enter(
      Class<?> here, Object request, Object response, @Nullable Object more) {
    return behind().enter(here, request, response, more);
  }

  /** Whether the call has been answered and the method must be skipped. */
  public static boolean isRefused(@Nullable Object passage) {
    return passage != null && ((Passage) passage).isRefused();
  }

  /** The request for the app: the one it came with, unless the passage has another. */
  public static Object request(@Nullable Object passage, Object request) {
    return passage == null || isRefused(passage) ? request : ((Passage) passage).request();
  }

  /** The response for the app: the one it came with, unless the passage has another. */
  public static Object response(@Nullable Object passage, Object response) {
    return passage == null || isRefused(passage) ? response : ((Passage) passage).response();
  }

  /**
   * The app has returned, or thrown. Throws only to have the container cut an answer that must not look whole.
   *
   * @return whether what it threw has been answered, and must go no further
   */
  public static boolean leave(@Nullable Object passage, @Nullable Throwable thrown) {
    return passage != null && ((Passage) passage).leave(thrown);
  }

  /**
   * The third door, where a server is about to write a page of its own for an error.
   *
   * @param here the class of the woven method
   * @param more what else the container needs to end the call
   * @return whether the error has been answered and the method must be skipped
   */
  public static boolean answers(
      Class<?> here, Object request, Object response, @Nullable Object more) {
    return behind().answers(here, request, response, more);
  }

  /**
   * The third door once more, where a server has read bytes that are no request.
   *
   * @param here the class of the woven method
   * @param fields the header fields of its answer, which the guard adds to
   * @return the body of its answer, or {@code null} to leave that to the server
   */
  public static @Nullable ByteBuffer tells(Class<?> here, int status, Object fields) {
    return behind().tells(here, status, fields);
  }

  /** A server is about to start. */
  public static void starts(Object server) {
    behind().starts(server);
  }

  /**
   * The last door, where a server is done with a request, and is about to use its object for another. Throws nothing, since the
   * server would not be done then.
   *
   * @param here the class of the woven method
   */
  public static void isDoneWith(Class<?> here, Object request) {
    Doors behind = doors;
    if (behind != null) {
      behind.isDoneWith(here, request);
    }
  }

  /** A server is about to stop: returns when calls that run have ended, or have had their time. */
  public static void stops() {
    behind().stops();
  }

  /** A server has stopped. */
  public static void stopped() {
    behind().stopped();
  }

  private static Doors behind() {
    Doors behind = doors;
    if (behind == null) {
      throw new IllegalStateException("ostiary: the guard is not there");
    }
    return behind;
  }

  /** The agent's isolated side. It throws only to refuse a call that it could not even answer. */
  public interface Doors {

    /** See {@link Hooks#refuses}. */
    boolean refuses(Class<?> here, Object request, Object response, @Nullable Object more);

    /** See {@link Hooks#enter}. */
    @Nullable Passage enter(Class<?> here, Object request, Object response, @Nullable Object more);

    /** See {@link Hooks#answers}. */
    boolean answers(Class<?> here, Object request, Object response, @Nullable Object more);

    /** See {@link Hooks#tells}. */
    @Nullable ByteBuffer tells(Class<?> here, int status, Object fields);

    /** See {@link Hooks#starts}. */
    void starts(Object server);

    /** See {@link Hooks#isDoneWith}. */
    void isDoneWith(Class<?> here, Object request);

    /** See {@link Hooks#stops}. */
    void stops();

    /** See {@link Hooks#stopped}. */
    void stopped();
  }

  /** One call that came to the second door. */
  public interface Passage {

    /** Whether the call has been answered and the app must not see it. */
    boolean isRefused();

    /** The request to give to the app. */
    Object request();

    /** The response to give to the app. */
    Object response();

    /**
     * The app has returned, or thrown; answers whether what it threw has been answered. Throws only to have the container cut an
     * answer that must not look whole.
     */
    boolean leave(@Nullable Throwable thrown);
  }
}
