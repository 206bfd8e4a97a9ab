package io.ostiary.servlet.jakarta;

import io.ostiary.core.AppErrors;
import io.ostiary.core.Arrival;
import io.ostiary.core.ClientLine;
import io.ostiary.core.Decision;
import io.ostiary.core.Guard;
import io.ostiary.core.Reason;
import io.ostiary.core.Refusal;
import io.ostiary.core.Veil;
import io.ostiary.core.Waiting;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Carries the guard's decisions out on servlet requests; used by the filter, and by the agent in place of one.
 *
 * <p>What doors tell each other stands in request attributes, by names and types that mean the same in every class loader.
 */
public final class Door {

  /**
   * What the first stage found at a connector, for the second: a {@link Decision.Proceed}, an {@link Arrival}, or an untouched
   * {@link Decision.Admit}. It is taken away before the app sees the request.
   */
  public static final String ARRIVAL = "io.ostiary.arrival";

  /**
   * Set on each request that a door has judged, so that no second door judges it again: the {@link AppErrors} of a call that was
   * admitted, or anything else where errors are to be left as they are.
   */
  public static final String SEEN = "io.ostiary.seen";

  /** What the app is not to see of an admitted request, a {@link Veil}, for its later dispatches. */
  static final String VEIL = "io.ostiary.veil";

  /**
   * Set on a call that was let in without a key: wherever the app sends it on to, it is judged as if it had been sent there in
   * the first place.
   */
  public static final String KEYLESS = "io.ostiary.keyless";

  /**
   * The literal address of the socket's peer, for a connector to set where {@code getRemoteAddr} tells what a forwarding header
   * said. Without it {@code getRemoteAddr} is believed.
   */
  public static final String PEER = "io.ostiary.peer";

  /** The {@link Departure} of a call that has gone asynchronous, for its later dispatches. */
  static final String PARTED = "io.ostiary.parted";

  /**
   * The {@link ClientLine} of the call, for a connector to set that has one. It is taken away before the app sees the request.
   */
  public static final String CLIENT = "io.ostiary.client";

  /**
   * Set on a call that was admitted whole before it was known whether a servlet answers: whether the texts that a servlet
   * writes are still to be repaired, or a {@link Supplier} of that, or of the {@link Decision.Admit} that the servlet's door is to
   * carry out from there on. It is taken away before the app sees the request.
   */
  public static final String AROUND = "io.ostiary.around";

  private static final Decision.Reject WITHOUT_WORDS =
      new Decision.Reject(Reason.INTERNAL, new Refusal(500, List.of(), new byte[0]), false);

  private final Guard guard;
  private final boolean serverAsks;

  /** A door kept by a guard. */
  public Door(Guard guard) {
    this(guard, false);
  }

  /**
   * A door kept by a guard.
   *
   * @param serverAsks whether the server calls {@link #answers} before it writes a page of its own for an error
   */
  public Door(Guard guard, boolean serverAsks) {
    this.guard = guard;
    this.serverAsks = serverAsks;
  }

  /**
   * The first stage alone, for a server's connector. What it finds travels with the request. What a refused client may still be
   * sending is left to the connector, which need not block a thread for it.
   *
   * @param age tells of a request how long ago its first byte came, in nanoseconds; asked only where time matters
   * @return whether the call was refused, and the refusal written
   */
  public boolean refuses(
      HttpServletRequest request, HttpServletResponse response, ToLongFunction<Object> age) {
    if (request.getAttribute(ARRIVAL) != null || request.getAttribute(SEEN) != null) {
      return false;
    }
    ServletCall call = ServletCall.atConnector(request, age);
    Decision decision = guard.arrive(call);
    if (decision instanceof Decision.Reject reject) {
      answer(call, request, response, reject);
      return true;
    }
    if (!(decision instanceof Decision.Proceed)) {
      // An arrival tells of the peer itself; here the call may be judged anew after the server has
      // given it another address.
      request.setAttribute(PEER, call.peer());
    }
    request.setAttribute(ARRIVAL, decision);
    return false;
  }

  /**
   * Both stages, or the second if the first was made at the connector.
   *
   * @return how the call goes on, or {@code null} when it is to be left as it is: another door already saw it, or it is a
   *     forward, an include or an asynchronous dispatch that does not lead from an open path to a guarded one, or an error page
   */
  public @Nullable Passage enter(HttpServletRequest request, HttpServletResponse response) {
    Object around = around(request);
    if (request.getAttribute(KEYLESS) != null && (around != null || SentOn.is(request))) {
      ServletCall call = ServletCall.atDispatch(new SentOn(request));
      if (leadsInside(call)) {
        // What was admitted around it stays there, and is not for its later dispatches.
        request.removeAttribute(AROUND);
        return enter(call, request, response);
      }
    }
    if (around instanceof Supplier<?> others) {
      around = others.get();
    }
    if (around instanceof Decision.Admit admit) {
      request.removeAttribute(AROUND);
      ServletCall call = ServletCall.atDispatch(request);
      return admit(call, request, response, admit, Client.of(request, response, guard.clients()));
    }
    if (around != null) {
      request.removeAttribute(AROUND);
      return around.equals(true) && !RequestHead.asksForUpgrade(request)
          ? Passage.repaired(request, response)
          : null;
    }
    Object seen = request.getAttribute(SEEN);
    Veil veil = veil(request, seen);
    if (request.getDispatcherType() == DispatcherType.ERROR && seen instanceof AppErrors errors) {
      return Passage.ofErrorPage(request, response, errors, veil);
    }
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      return Passage.goingOn(request, response, veil, seen instanceof AppErrors);
    }
    if (request.getDispatcherType() != DispatcherType.REQUEST || seen != null) {
      return veil == Veil.NONE ? null : Passage.dispatchedAgain(request, response, veil);
    }
    request.setAttribute(SEEN, true);
    return enter(ServletCall.atDispatch(request), request, response);
  }

  /** An error page is no place that anybody was led to. */
  private static @Nullable Object around(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.ERROR
        ? null
        : request.getAttribute(AROUND);
  }

  /**
   * The same for a server that is about to call its handlers, before it is known whether a servlet answers. Where one does, its own
   * door finds the call judged. What the first door left alone is left to that of a servlet, since the path may be rewritten on the
   * way there.
   */
  public @Nullable Passage enterAround(HttpServletRequest request, HttpServletResponse response) {
    Object seen = request.getAttribute(SEEN);
    if (seen != null && request.getDispatcherType() == DispatcherType.ASYNC) {
      return Passage.goingOn(request, response, veil(request, seen), seen instanceof AppErrors);
    }
    boolean untouched =
        request.getAttribute(ARRIVAL) instanceof Decision.Admit admit && admit.leavesUntouched();
    if (seen != null || untouched || request.getDispatcherType() != DispatcherType.REQUEST) {
      return null;
    }
    request.setAttribute(SEEN, true);
    Passage passage = enter(ServletCall.atDispatch(request), request, response);
    if (passage != null && !passage.isRefused()) {
      request.setAttribute(AROUND, false);
    }
    return passage;
  }

  private Veil veil(HttpServletRequest request, @Nullable Object seen) {
    if (request.getAttribute(VEIL) instanceof Veil hidden) {
      return hidden;
    }
    return seen == null && request.getDispatcherType() == DispatcherType.ERROR
        ? guard.veil(ServletCall.atDispatch(request))
        : Veil.NONE;
  }

  private @Nullable Passage enter(
      ServletCall call, HttpServletRequest request, HttpServletResponse response) {
    Client client = Client.of(request, response, guard.clients());
    Decision decision;
    try {
      decision = judge(call, request, client);
      if (decision instanceof Decision.Wait wait) {
        decision = Waiting.until(guard, wait.call(), client.line());
        if (decision == null) {
          client.isToldNothing();
          return Passage.refused(request, response, false);
        }
      }
    } catch (Throwable cause) {
      decision = guard.failure(call, cause);
    }
    if (decision instanceof Decision.Admit admit) {
      return admit.leavesUntouched() ? null : admit(call, request, response, admit, client);
    }
    return refuse(call, request, response, (Decision.Reject) decision);
  }

  private boolean leadsInside(ServletCall call) {
    try {
      return guard.needsKey(call);
    } catch (RuntimeException unclear) {
      // The judgement fails on it as well, and answers as on-failure says.
      return true;
    }
  }

  /**
   * Answers an error in place of the server, which is about to write a page of its own.
   *
   * @return whether that has been done
   */
  public boolean answers(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int status = response.getStatus();
    AppErrors errors =
        AppErrors.isError(status) && !response.isCommitted() ? errorsOf(request) : null;
    if (errors == null) {
      return false;
    }
    ErrorWriter.write(request, response, errors.answer(status));
    return true;
  }

  /** The server is done with a request: what its call may still hold, of whose end nobody has told, is let go. */
  public void isDoneWith(HttpServletRequest request) {
    Departure.isLast(request);
  }

  private @Nullable AppErrors errorsOf(HttpServletRequest request) {
    Object seen = request.getAttribute(SEEN);
    if (seen == null) {
      return guard.errors(ServletCall.atDispatch(request), request.getAttribute(ARRIVAL));
    }
    return seen instanceof AppErrors errors ? errors : null;
  }

  private Decision judge(ServletCall call, HttpServletRequest request, Client client) {
    Object found = request.getAttribute(ARRIVAL);
    if (found != null) {
      request.removeAttribute(ARRIVAL);
    }
    if (found instanceof Arrival arrival) {
      return enter(arrival, call, request, client);
    }
    if (found instanceof Decision.Admit observed && observed.isFinal()) {
      // That it would have been refused has been counted and told, and need not be twice.
      return observed;
    }
    // A call that the first door left alone is judged anew: its path may have been rewritten since.
    Decision decision = found instanceof Decision.Proceed ? (Decision) found : guard.arrive(call);
    if (decision instanceof Decision.Proceed proceed) {
      return enter(proceed.arrival(), call, request, client);
    }
    markKeyless(request, true);
    return decision;
  }

  private Decision enter(
      Arrival arrival, ServletCall call, HttpServletRequest request, Client client) {
    markKeyless(request, !arrival.isKeyed());
    return guard.enter(arrival, call, new ServletBody(request, client));
  }

  /** Before the call is entered, so that the mark stands or falls with what the head told. */
  private static void markKeyless(HttpServletRequest request, boolean keyless) {
    if (keyless) {
      request.setAttribute(KEYLESS, true);
    } else if (request.getAttribute(KEYLESS) != null) {
      request.removeAttribute(KEYLESS);
    }
  }

  private @Nullable Passage admit(
      ServletCall call,
      HttpServletRequest request,
      HttpServletResponse response,
      Decision.Admit admit,
      Client client) {
    if (admit.head() != null && request.getDispatcherType() == DispatcherType.INCLUDE) {
      // What is included looks for its path among the container's attributes, which nobody can
      // wrap.
      admit.lease().cancel();
      return refuse(call, request, response, WITHOUT_WORDS);
    }
    try {
      if (admit.errors() != null) {
        request.setAttribute(SEEN, admit.errors());
      }
      return Passage.admitted(request, response, admit, serverAsks, client);
    } catch (Throwable cause) {
      admit.lease().cancel();
      Decision decision = guard.failure(call, cause);
      if (decision instanceof Decision.Reject reject) {
        return refuse(call, request, response, reject);
      }
      // Whatever on-failure says: an app that is called with its body gone would answer something
      // else than it was asked.
      return admit.body() == null ? null : refuse(call, request, response, WITHOUT_WORDS);
    }
  }

  private Passage refuse(
      ServletCall call,
      HttpServletRequest request,
      HttpServletResponse response,
      Decision.Reject reject) {
    return Passage.refused(request, response, answer(call, request, response, reject));
  }

  private boolean answer(
      ServletCall call,
      HttpServletRequest request,
      HttpServletResponse response,
      Decision.Reject reject) {
    try {
      return RefusalWriter.write(request, response, reject);
    } catch (Throwable cause) {
      guard.failure(call, cause);
      RefusalWriter.giveUp(response);
      return false;
    }
  }
}
