package io.ostiary.core;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the errors of one call are told that arise behind the guard, in the app or in the container. It decides; shells carry
 * out. The threads of one call use it one after the other.
 */
public final class AppErrors {

  private static final int FIRST_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  private final Dialect dialect;
  private final boolean all;
  private final String requestId;
  private final List<Header> headers;
  private final Facts facts;
  private final Log log;
  private @Nullable String said;

  /** The status of the error of which that has been said. */
  private int saidOf;

  /**
   * The errors of one call.
   *
   * @param all whether JSON of the app's own is told anew too
   * @param headers of every answer to the call, its id among them
   * @param path as the refusal of an unknown path would name it, or {@code null} if there is none
   */
  AppErrors(
      Dialect dialect,
      boolean all,
      String requestId,
      List<Header> headers,
      @Nullable String path,
      Log log) {
    this.dialect = dialect;
    this.all = all;
    this.requestId = requestId;
    this.headers = headers;
    this.facts = path == null ? Facts.NONE : Facts.of(Slot.PATH, path);
    this.log = log;
  }

  /** The headers of every answer to the call, its id among them. */
  public List<Header> headers() {
    return headers;
  }

  /** Whether a status is one of errors. */
  public static boolean isError(int status) {
    return status >= FIRST_ERROR;
  }

  /**
   * The app raises an error and leaves its body to the container. What it says is told to the client if the client is to
   * blame; with a server's error it may be anything, an exception's text for one.
   */
  public void raised(int status, @Nullable String message) {
    said = status < SERVER_ERROR ? ErrorBody.line(message) : null;
    saidOf = status;
  }

  /** The answer to an error that has no body of the app's own. */
  public Refusal answer(int status) {
    String message = status == saidOf ? said : null;
    Refusal answer = dialect.error(status, message, facts, requestId, headers);
    said = null;
    return answer;
  }

  /** Whether an error's body of this type may have to be told anew, so that it must be seen whole before it leaves. */
  public boolean mayReplace(@Nullable String contentType) {
    return contentType == null || isPage(contentType) || (all && isJson(contentType));
  }

  /**
   * The answer in place of one whose body the app has written.
   *
   * @param body its beginning, if it is long
   * @param isWhole whether that is all of it
   * @return {@code null} if the app's own is to stay
   */
  public @Nullable Refusal answer(
      int status, @Nullable String contentType, byte[] body, int length, boolean isWhole) {
    if (length == 0) {
      return answer(status);
    }
    ErrorBody read = ErrorBody.read(dialect.errorMembers(), body, length);
    boolean isJson = (contentType != null && isJson(contentType)) || read.isJson();
    if (isJson && (!all || (isWhole && read.speaksDialect()))) {
      return null;
    }
    String message = isJson ? read.message() : null;
    return dialect.error(status, message, facts, requestId, headers);
  }

  /** The answer to a call on which the app has thrown an exception, which is logged here, and nowhere else. */
  public Refusal thrown(int status, Throwable cause) {
    logThrown(cause);
    said = null;
    return answer(status);
  }

  /** The app has thrown an exception that nobody else logs. */
  public void logThrown(Throwable cause) {
    log.error("the app failed on a call; " + call(), cause);
  }

  /** The app has thrown an exception that its container logs; here only the call is named. */
  public void noteThrown(Throwable cause) {
    log.warn("the app failed on a call with " + cause.getClass().getName() + "; " + call());
  }

  private String call() {
    String path = facts.get(Slot.PATH);
    return "request " + requestId + (path == null ? "" : ", path " + Problems.printable(path));
  }

  /** The event that ends a stream on which the app has failed, in UTF-8; of no event stream there is one. */
  public byte @Nullable [] closingEvent(@Nullable String contentType) {
    return contentType != null && MediaType.isEventStream(contentType.toLowerCase(Locale.ROOT))
        ? dialect.closingEvent(SERVER_ERROR, facts, requestId)
        : null;
  }

  private static boolean isPage(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT);
    return type.startsWith("text/html")
        || type.startsWith("application/xhtml+xml")
        || type.startsWith("text/plain");
  }

  private static boolean isJson(String contentType) {
    return MediaType.isJson(contentType.toLowerCase(Locale.ROOT));
  }
}
