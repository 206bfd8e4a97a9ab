package io.ostiary.servlet.jakarta;

import io.ostiary.core.AppErrors;
import io.ostiary.core.Body;
import io.ostiary.core.Deadline;
import io.ostiary.core.Decision;
import io.ostiary.core.Header;
import io.ostiary.core.Outcome;
import io.ostiary.core.TextTypes;
import io.ostiary.core.Veil;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One call on its way through a {@link Door}. */
public final class Passage {

  private final HttpServletRequest containers;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final @Nullable ReplayedBody body;
  private final @Nullable Departure departure;
  private final @Nullable ErrorVoice errors;
  private final @Nullable Expiry expiry;
  private final Client client;
  private boolean unread;

  private Passage(
      HttpServletRequest containers,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable ReplayedBody body,
      @Nullable Departure departure,
      @Nullable ErrorVoice errors,
      @Nullable Expiry expiry,
      Client client) {
    this.containers = containers;
    this.request = request;
    this.response = response;
    this.body = body;
    this.departure = departure;
    this.errors = errors;
    this.expiry = expiry;
    this.client = client;
  }

  /**
   * A call that has been refused.
   *
   * @param unread whether its client may be sending still, and would find a reset connection in place of the refusal
   */
  static Passage refused(HttpServletRequest request, HttpServletResponse response, boolean unread) {
    Passage passage =
        new Passage(request, request, response, null, null, null, null, Client.UNSEEN);
    passage.unread = unread;
    return passage;
  }

  static Passage admitted(
      HttpServletRequest containers,
      HttpServletResponse response,
      Decision.Admit admit,
      boolean serverAsks,
      Client client) {
    HttpServletRequest request =
        admit.head() == null ? containers : new RenamedRequest(containers, admit.head());
    for (Header header : admit.headers()) {
      response.setHeader(header.name(), header.value());
    }
    if (!admit.headers().isEmpty()) {
      ExposedHeaders.add(response, admit.headers());
    }
    Body read = admit.body();
    if ((read == null || read.length() == 0) && RequestHead.asksForUpgrade(request)) {
      // Nothing else is wrapped where the connection may stop speaking HTTP.
      HttpServletRequest seen = veiled(request, admit.veil());
      HttpServletRequest given =
          seen == request ? request : new GuardedRequest(seen, response, null);
      Departure departure = new Departure(admit.lease(), Client.UNSEEN, false, null, null, null);
      return new Passage(containers, given, response, null, departure, null, null, Client.UNSEEN);
    }
    Deadline deadline = admit.deadline();
    TimedResponse timed =
        deadline == null ? null : new TimedResponse(response, request, deadline, client);
    HttpServletResponse inTime = timed == null ? response : timed;
    boolean watchesClient = admit.lease().watchesClient();
    AnswerMeter watching =
        watchesClient || admit.errors() != null ? new AnswerMeter(admit.lease(), inTime) : null;
    AnswerMeter meter = watchesClient ? watching : null;
    ErrorVoice errors =
        admit.errors() == null || watching == null
            ? null
            : new ErrorVoice(admit.errors(), request, inTime, watching, serverAsks);
    HttpServletResponse guardedResponse =
        admit.repairsText() || watching != null || !admit.headers().isEmpty()
            ? new GuardedResponse(inTime, admit.repairsText(), admit.headers(), meter, errors)
            : inTime;
    if (read == null && admit.repairsText()) {
      readAsUtf8(request);
    }
    HttpServletRequest seen = veiled(request, admit.veil());
    ReplayedBody body = read == null ? null : new ReplayedBody(seen, read, admit.repairsText());
    HttpServletRequest guardedRequest =
        seen == containers && body == null && guardedResponse == response
            ? request
            : new GuardedRequest(seen, guardedResponse, body, meter);
    Expiry expiry = timed == null ? null : timed.expiry();
    boolean isRead = read == null ? !RequestHead.announcesBody(request) : read.rest() == null;
    Departure departure = new Departure(admit.lease(), client, isRead, meter, expiry, errors);
    departure.begins();
    return new Passage(
        containers, guardedRequest, guardedResponse, body, departure, errors, expiry, client);
  }

  /**
   * A later dispatch of a call that has been admitted: it is given the container's own request again, with all that the app is not
   * to see.
   */
  static Passage dispatchedAgain(
      HttpServletRequest request, HttpServletResponse response, Veil veil) {
    GuardedRequest guarded = new GuardedRequest(veiled(request, veil), response, null);
    return new Passage(
        request, guarded, response, null, Departure.ofNothing(), null, null, Client.UNSEEN);
  }

  /**
   * An asynchronous dispatch of a call that has been admitted.
   *
   * @param tells whether errors of the call are told in place of the container
   * @return {@code null} if there is nothing to do
   */
  static @Nullable Passage goingOn(
      HttpServletRequest request, HttpServletResponse response, Veil veil, boolean tells) {
    // Jetty 12 does not tell of the end of a dispatch from which an Error has come.
    Departure back = Departure.isBack(request);
    if (back == null) {
      return veil == Veil.NONE ? null : dispatchedAgain(request, response, veil);
    }
    GuardedResponse admitted = tells ? GuardedResponse.within(response) : null;
    ErrorVoice voice = admitted == null ? null : admitted.comesBack();
    HttpServletRequest given =
        veil == Veil.NONE && admitted == null
            ? request
            : new GuardedRequest(veiled(request, veil), response, null);
    return new Passage(request, given, response, null, back, voice, back.expiry(), Client.UNSEEN);
  }

  /** A call that is guarded around the servlets, but for the texts that they write. */
  static Passage repaired(HttpServletRequest request, HttpServletResponse response) {
    readAsUtf8(request);
    GuardedResponse texts = new GuardedResponse(response, true, List.of(), null, null);
    GuardedRequest guarded = new GuardedRequest(request, texts, null);
    return new Passage(
        request, guarded, texts, null, Departure.ofNothing(), null, null, Client.UNSEEN);
  }

  /** The app's own page for an error of a call that has been admitted before. */
  static Passage ofErrorPage(
      HttpServletRequest request, HttpServletResponse response, AppErrors errors, Veil veil) {
    for (Header header : errors.headers()) {
      // The container may have cleared them.
      response.setHeader(header.name(), header.value());
    }
    ErrorVoice voice =
        new ErrorVoice(errors, request, response, AnswerMeter.ofNothing(response), true);
    GuardedResponse page = new GuardedResponse(response, false, errors.headers(), null, voice);
    HttpServletRequest seen = veiled(request, veil);
    HttpServletRequest given = seen == request ? request : new GuardedRequest(seen, page, null);
    return new Passage(
        request, given, page, null, Departure.ofNothing(), voice, null, Client.UNSEEN);
  }

  private static HttpServletRequest veiled(HttpServletRequest request, Veil given) {
    // What query an error page is given of those before is each container's own affair; of a call
    // that was sent on, all count.
    boolean bound = given.hidden() != null || request.getDispatcherType() == DispatcherType.ERROR;
    Veil veil = bound ? given : given.over(new SentOn(request).getQueryString());
    if (veil == Veil.NONE) {
      return request;
    }
    request.setAttribute(Door.VEIL, veil);
    return new VeiledRequest(request, veil);
  }

  private static void readAsUtf8(HttpServletRequest request) {
    if (TextTypes.isReadAsUtf8(request.getContentType())
        && request.getCharacterEncoding() == null) {
      try {
        request.setCharacterEncoding("UTF-8");
      } catch (UnsupportedEncodingException impossible) {
        throw new AssertionError(impossible);
      }
    }
  }

  /** Whether the refusal has been written and the app must not be called. */
  public boolean isRefused() {
    return departure == null;
  }

  /** Reads on for a moment, if the client may be sending still, so that it finds the refusal. Blocks for the container's time. */
  public void linger() {
    if (unread) {
      UnreadBody.linger(request);
    }
  }

  /** The request to give to the app. */
  public HttpServletRequest request() {
    return request;
  }

  /** The response to give to the app. */
  public HttpServletResponse response() {
    return response;
  }

  /**
   * The app has returned. If it went asynchronous the call is held on to until that ends.
   *
   * @param thrown what the app threw, or {@code null}
   * @return whether what it threw has been answered; otherwise the container has to know of it
   * @throws BrokenOffException if the container must not end the answer as if it were whole
   */
  public boolean leave(@Nullable Throwable thrown) {
    if (departure == null) {
      return false;
    }
    try {
      return leave(departure, thrown);
    } catch (Throwable cause) {
      // The container's objects may be in any state by now; what the call holds is let go in each.
      departure.close();
      throw cause;
    }
  }

  private boolean leave(Departure departure, @Nullable Throwable thrown) {
    departure.appHasReturned();
    if (thrown != null) {
      departure.becomes(Outcome.FAILED);
    }
    if (thrown != null && GuardedRequest.isLetGo(request)) {
      // Jetty answers this as an error, unless anybody but itself listens for the end of the call.
      if (!response.isCommitted()) {
        departure.answerIsTakenBack();
      }
      departure.close();
      return false;
    }
    if (departure.awaitsAsyncEnd(containers)) {
      goOnWithoutTheApp();
      if (thrown != null) {
        departure.appHasThrown(response.isCommitted());
      }
      return false;
    }
    if (client.isUnanswered()) {
      departure.becomes(Outcome.ABORTED);
      departure.answerIsTakenBack();
      departure.close();
      client.isToldNothing();
      return thrown == null;
    }
    boolean answered = tellErrors(thrown);
    if (thrown != null && !answered && !response.isCommitted()) {
      departure.answerIsTakenBack();
    }
    departure.close();
    return answered || wasEndedByTime(thrown);
  }

  /** Whether the answer was ended for the app, and is whole; what the app has thrown is then told to the operator alone. */
  private boolean wasEndedByTime(@Nullable Throwable thrown) {
    if (expiry == null || !expiry.hasEnded()) {
      return false;
    }
    if (expiry.isBrokenOff() && thrown == null) {
      throw new BrokenOffException();
    }
    if (expiry.isBrokenOff() || thrown == null || errors == null) {
      return false;
    }
    errors.thrownTooLate(thrown);
    return true;
  }

  private void goOnWithoutTheApp() {
    try {
      if (errors != null) {
        errors.goesOn();
      }
    } catch (IOException | RuntimeException gone) {
      // There is nobody left to write to; the container finds that out by itself.
    }
    if (body != null) {
      body.appHasReturned();
    }
    if (expiry != null) {
      expiry.appGoesOn();
    }
  }

  private boolean tellErrors(@Nullable Throwable thrown) {
    try {
      if (errors == null || (expiry != null && expiry.hasEnded())) {
        return false;
      }
      GuardedResponse guarded = Objects.requireNonNull(GuardedResponse.within(response));
      if (thrown != null) {
        return errors.failed(thrown, guarded.isWriting());
      }
      errors.finish(guarded.isOpened());
    } catch (IOException | RuntimeException gone) {
      // Likewise.
    }
    return false;
  }
}
