package io.ostiary.core;

import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the head of one call tells: which door, who, to where, how big; and why it is not let in by that. {@link Judgement} has
 * the order in which this is asked. Confined to the call's thread.
 */
final class Head {

  private final InForce now;
  private final Call call;
  private final LongSupplier wallMillis;

  private Facts facts = Facts.NONE;
  private long retryAfterNanos;

  private @Nullable RequestPath path;
  private RouteTable.Match match = RouteTable.UNMATCHED;
  private @Nullable Route route;
  private InForce.@Nullable Caller caller;
  private boolean accepted;
  private @Nullable String signedMd5;
  private @Nullable CallTime time;

  Head(InForce now, Call call, LongSupplier wallMillis) {
    this.now = now;
    this.call = call;
    this.wallMillis = wallMillis;
  }

  /** Which route the path selects, if any. */
  @Nullable Reason door() {
    path = RequestPath.of(call);
    match = now.routes.match(path);
    route = match.route();
    if (match.isAmbiguous()) {
      facts = Facts.of(Slot.PATH, path.sent());
      return Reason.PATH_AMBIGUOUS;
    }
    if (route != null) {
      return null;
    }
    facts = Facts.of(Slot.PATH, path.text());
    return now.policy.passesUnmatched() ? null : Reason.PATH_UNKNOWN;
  }

  /** Whose key it is, and whether it may be used from here. */
  @Nullable Reason caller() {
    Identification who = new Identification(now, call, wallMillis);
    Reason no = who.key(dialect(), path());
    caller = who.caller();
    signedMd5 = who.signedMd5();
    retryAfterNanos = who.waitNanos();
    if (no == null) {
      accepted = true;
      no = who.place(known().key().addresses());
    }
    facts = who.facts();
    return no;
  }

  /** A key that may call some models only cannot be judged where no model is named, unless it was given the route. */
  @Nullable Reason permittedRoute() {
    Key key = known().key();
    boolean granted = key.routes() != null && key.routes().contains(route().name());
    boolean judgeable =
        !(route().model() instanceof ModelSource.None) || !key.isRestrictedByModel();
    if (granted || (key.routes() == null && judgeable)) {
      return null;
    }
    facts = Facts.of(Slot.PATH, path().text());
    return Reason.ROUTE_NOT_ALLOWED;
  }

  /** Whether the call is in a workspace that the key may use. */
  @Nullable Reason permittedWorkspace() {
    Workspaces workspaces = now.policy.workspaces();
    Key key = known().key();
    if (workspaces.areOpenTo(key)) {
      return null;
    }
    String name = workspaces.named(call);
    facts = Facts.of(Slot.WORKSPACE, name == null ? "" : name);
    return name == null ? Reason.WORKSPACE_UNKNOWN : workspaces.refusal(name, key);
  }

  /** Whether calls are taken at all. */
  @Nullable Reason readiness() {
    if (now.isReady()) {
      return null;
    }
    retryAfterNanos = Taking.NOT_READY_NANOS;
    return Reason.NOT_READY;
  }

  /** Elsewhere an id that is too long is not repeated, and that is all. */
  @Nullable Reason requestId() {
    return route().shape() != Shape.NONE && dialect().hasTooLongId(call)
        ? Reason.REQUEST_ID_TOO_LONG
        : null;
  }

  @Nullable Reason declaredSize() {
    if (call.declaredLength() <= route().maxBody()) {
      return null;
    }
    facts = Intake.tooLarge(route());
    return Reason.BODY_TOO_LARGE;
  }

  /** Nothing is wrong with the head, whose time counts from now on; the second stage goes on from this. */
  Arrival arrival(String requestId) {
    time = isObserved() ? null : now.deadlines.timeOf(route(), call);
    return new Arrival(
        now, path(), match, route(), caller, signedMd5, requestId, call.peer(), time);
  }

  /** What the first stage has found. */
  void recall(Arrival arrival) {
    path = arrival.path;
    match = arrival.match;
    route = arrival.route;
    caller = arrival.caller;
    accepted = caller != null;
    signedMd5 = arrival.signedMd5;
    time = arrival.time;
  }

  /** What fills a refusal's text. */
  Facts facts() {
    return facts;
  }

  /** How long the caller should wait; zero if that does not help. */
  long retryAfterNanos() {
    return retryAfterNanos;
  }

  /** The path, or {@code null} if it has not been looked at. */
  @Nullable RequestPath pathIfKnown() {
    return path;
  }

  RequestPath path() {
    return Objects.requireNonNull(path);
  }

  RouteTable.Match match() {
    return match;
  }

  /** The route, or {@code null} if the path has none. */
  @Nullable Route routeIfAny() {
    return route;
  }

  Route route() {
    return Objects.requireNonNull(route);
  }

  /** The words that answers are told in. */
  Dialect dialect() {
    return route != null ? route.dialect() : now.policy.defaultDialect();
  }

  /** Whether the route asks for a key, and one was found. */
  boolean hasCaller() {
    return caller != null;
  }

  InForce.Caller known() {
    return Objects.requireNonNull(caller);
  }

  /** Whether the key is good, so that its owner may be told how its budgets stand. */
  boolean isAccepted() {
    return accepted;
  }

  /** The name of the key, or {@code null}. */
  @Nullable String tag() {
    return caller == null ? null : caller.key().tag();
  }

  /** Whether this call is only told of, whatever is found. */
  boolean isObserved() {
    return now.policy.observing() || (caller != null && caller.key().observed());
  }

  /** The digest of the body that was signed, or {@code null} if none was. */
  @Nullable String signedMd5() {
    return signedMd5;
  }

  /** The time that the call has, or {@code null} if that is not limited. */
  @Nullable CallTime time() {
    return time;
  }
}
