package io.ostiary.core;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One call being judged. The order in which things are asked stands in {@link #arrive()} and {@link #enter}, top to bottom:
 * what is cheap and pure comes first, what draws on a limit comes last, so that a refused call costs nothing.
 */
final class Judgement {

  private final InForce now;
  private final Call call;
  private final LongSupplier wallMillis;
  private final Log log;
  private final Reply reply;

  private Facts facts = Facts.NONE;
  private long retryAfterNanos;

  private @Nullable RequestPath path;
  private RouteTable.Match match = RouteTable.UNMATCHED;
  private @Nullable Route route;
  private InForce.@Nullable Caller caller;
  private boolean accepted;

  private @Nullable String signedMd5;

  private @Nullable Intake intake;
  private @Nullable ModelChoice choice;
  private @Nullable Draw draw;
  private Price price = Price.NOTHING;

  Judgement(InForce now, Call call, LongSupplier wallMillis, Log log) {
    this.now = now;
    this.call = call;
    this.wallMillis = wallMillis;
    this.log = log;
    this.reply = new Reply(call, log);
  }

  /** By the head alone: which door, who, from where, to where, how big. No body byte is read, nothing is drawn. */
  Decision arrive() {
    if (Veils.isTorn(now.policy.keyRules(), call)) {
      facts = Facts.of(Slot.DETAIL, "the header " + Veil.TOLD + " is not for clients to send");
      return refuse(Reason.KEY_MALFORMED);
    }
    if (!now.policy.guarding()) {
      return Veils.untouched(now.policy.keyRules(), call);
    }
    Reason no = door();
    if (no != null) {
      return reject(no);
    }
    Route route = this.route;
    if (route == null) {
      return Veils.untouched(now.policy.keyRules(), call);
    }
    if (route.keyed() && now.policy.passesPreflights() && Preflight.is(call)) {
      return admit(Lease.NONE, Body.EMPTY, null, List.of());
    }
    if (route.keyed()) {
      no = caller();
      no = no != null ? no : permittedRoute();
    }
    no = no != null ? no : requestId();
    no = no != null ? no : declaredSize();
    return no != null
        ? reject(no)
        : new Decision.Proceed(
            new Arrival(
                now,
                path(),
                match,
                route,
                caller,
                signedMd5,
                reply.id(route.dialect()),
                call.peer()));
  }

  /** With the body: what is asked for, whether this caller may have it, and whether the limits can pay. */
  Decision enter(Arrival arrival, BodySource source) throws IOException {
    String resolved = call.resolvedPath();
    if (resolved != null && !resolved.equals(arrival.path.text())) {
      Decision again = arrive();
      if (!(again instanceof Decision.Proceed)) {
        return again;
      }
    } else {
      recall(arrival);
    }
    Reason no = body(source);
    if (caller != null) {
      no = no != null ? no : fields();
      no = no != null ? no : model();
      no = no != null ? no : permittedModel();
      no = no != null ? no : limits();
    }
    return no != null ? reject(no) : admit();
  }

  /** The answer to a body that broke off while it was read; nobody else could answer otherwise, so it is never let pass. */
  Decision unreadable() {
    facts = Facts.of(Slot.DETAIL, "the body ended early");
    return refuse(Reason.BODY_UNREADABLE);
  }

  /** The answer to a call on which the guard failed, in the words of its route as far as that is known. */
  Decision failed() {
    if (route == null) {
      door();
    }
    facts = Facts.NONE;
    retryAfterNanos = 0;
    accepted = false;
    return refuse(Reason.INTERNAL);
  }

  /** What was drawn goes back: the guard failed after it had taken. */
  void undo() {
    if (draw != null) {
      draw.undo();
    }
  }

  /** Whether the app would find the body gone if it were called now. */
  boolean hasOpenedBody() {
    return intake != null && intake.isOpened();
  }

  // ---- by the head

  private @Nullable Reason door() {
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

  private @Nullable Reason caller() {
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
  private @Nullable Reason permittedRoute() {
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

  /** Elsewhere an id that is too long is not repeated, and that is all. */
  private @Nullable Reason requestId() {
    return route().shape() != Shape.NONE && dialect().hasTooLongId(call)
        ? Reason.REQUEST_ID_TOO_LONG
        : null;
  }

  private @Nullable Reason declaredSize() {
    if (call.declaredLength() <= route().maxBody()) {
      return null;
    }
    facts = Intake.tooLarge(route());
    return Reason.BODY_TOO_LARGE;
  }

  // ---- with the body

  private void recall(Arrival arrival) {
    path = arrival.path;
    match = arrival.match;
    route = arrival.route;
    caller = arrival.caller;
    signedMd5 = arrival.signedMd5;
    accepted = caller != null;
    reply.isKnownAs(arrival.requestId);
  }

  private @Nullable Reason body(BodySource source) throws IOException {
    Intake taken = new Intake(call, route(), now.fields(route()));
    intake = taken;
    boolean pays = caller != null && caller.maySpendTokens();
    Reason no = taken.read(source, pays, signedMd5 != null, !observing());
    facts = taken.facts();
    if (no == null && signedMd5 != null && !EasSignature.isOf(taken.sent(), signedMd5)) {
      facts = Facts.of(Slot.DETAIL, "the body is not the one that was signed");
      return Reason.KEY_MALFORMED;
    }
    return no;
  }

  private @Nullable Reason fields() throws IOException {
    Reason no = intake().misshapen();
    facts = intake().facts();
    return no;
  }

  private @Nullable Reason model() {
    Naming naming = new Naming(call, match, now.fields(route()), intake());
    ModelChoice chosen = new ModelChoice(now.policy, route(), path(), naming);
    choice = chosen;
    Reason no = chosen.name();
    facts = chosen.facts();
    return no;
  }

  private @Nullable Reason permittedModel() {
    ModelChoice chosen = Objects.requireNonNull(choice);
    Reason no = chosen.permit(known().key());
    facts = chosen.facts();
    return no;
  }

  private @Nullable Reason limits() {
    Draw asked = drawable();
    draw = asked;
    if (asked.countsTokens()) {
      price = Price.of(now, route(), intake(), chosenModel(), asked.smallestOutputBudget());
      Meter never = asked.neverFits(price.tokens());
      if (never != null) {
        asked.look();
        facts = estimate().and(never.limit());
        return Reason.TOKENS_NEVER_FIT;
      }
    }
    Meter refused = asked.take(price.tokens());
    if (refused == null) {
      Meter would = asked.wouldRefuse();
      if (would != null) {
        facts = facts.and(would.limit());
        observed(asked.fits(would) ? would.limit().kind().reason() : Reason.TOKENS_NEVER_FIT);
      }
      return null;
    }
    facts = (asked.countsTokens() ? estimate() : facts).and(refused.limit());
    retryAfterNanos = Math.max(1, asked.longestWait());
    asked.look();
    return refused.limit().kind().reason();
  }

  private Facts estimate() {
    return Facts.of(Slot.ESTIMATE, Long.toString(price.tokens().total()));
  }

  // ---- the answer

  private Decision admit() {
    Draw drawn = draw;
    Settlement settlement = drawn == null || !drawn.countsTokens() ? null : settlement(drawn);
    Lease lease =
        drawn == null || drawn.size() == 0 ? Lease.NONE : new Lease(drawn, settlement, log);
    Renaming renaming = renaming();
    Body body = intake().bodyForApp(price.tokens().output(), renaming);
    return admit(lease, body, renaming == null ? null : renaming.head(), budgets());
  }

  /** What is only observed is answered as it would be without a guard. */
  private Decision admit(
      Lease lease, @Nullable Body body, @Nullable HeadRewrite head, List<Header> headers) {
    boolean repairsText = now.policy.repairsText();
    return observing()
        ? new Decision.Admit(lease, body, head, headers, repairsText, veil(), null)
        : reply.admit(route(), lease, body, head, headers, repairsText, veil());
  }

  private Settlement settlement(Draw drawn) {
    boolean stops = !observing() && (route().hardStop() || known().key().hardStop());
    Learned.Factors learned = now.learns() ? now.learned.of(chosenModel()) : null;
    return new Settlement(
        drawn,
        price,
        route().usage(),
        intake().isIncremental(),
        learned,
        stops ? reply.farewell(dialect()) : null);
  }

  /** How the caller's budgets stand, as headers; none before the caller is known, and none where nothing is enforced. */
  private List<Header> budgets() {
    boolean told = now.policy.vendorHeaders() || now.policy.ietfHeaders();
    if (!told || !accepted || observing()) {
      return List.of();
    }
    Draw looked = draw;
    if (looked == null) {
      looked = drawable();
      looked.look();
    }
    return BudgetHeaders.of(looked, now.policy, dialect(), retryAfterNanos, wallMillis.getAsLong());
  }

  private Decision reject(Reason reason) {
    if (observing()) {
      observed(reason);
      return pass();
    }
    return refuse(reason);
  }

  private Decision refuse(Reason reason) {
    Dialect dialect = dialect();
    String requestId = reply.id(dialect);
    Refusal refusal = dialect.refuse(reason, facts, requestId, retryAfterNanos, budgets());
    now.observations.refused(reason, refusal.status(), facts, tag(), path, requestId);
    boolean unread = intake == null ? Intake.isUnread(call) : intake.isUnread();
    return new Decision.Reject(reason, refusal, unread);
  }

  /** Whether this call is only told of, whatever is found. */
  private boolean observing() {
    return now.policy.observing() || (caller != null && caller.key().observed());
  }

  private void observed(Reason reason) {
    now.observations.observed(reason, facts, tag(), path);
  }

  private @Nullable String tag() {
    return caller == null ? null : caller.key().tag();
  }

  /** What would have been refused reaches the app as if it were admitted, and is charged nothing. */
  private Decision pass() {
    Renaming renaming = renaming();
    Body body = intake == null ? null : intake.bodyForApp(0, renaming);
    HeadRewrite head = renaming == null ? null : renaming.head();
    boolean repairsText = route != null && now.policy.repairsText();
    return new Decision.Admit(Lease.NONE, body, head, List.of(), repairsText, veil(), null);
  }

  /** The budgets that the call meets. */
  private Draw drawable() {
    return Draw.of(now, known(), chosenModel(), choice == null ? null : choice.endpoint());
  }

  private @Nullable String chosenModel() {
    return choice == null ? null : choice.model();
  }

  private @Nullable Renaming renaming() {
    return choice == null ? null : choice.renaming();
  }

  private Veil veil() {
    return Veils.of(now, call, route, accepted ? tag() : null);
  }

  private Dialect dialect() {
    return route != null ? route.dialect() : now.policy.defaultDialect();
  }

  private Route route() {
    return Objects.requireNonNull(route);
  }

  private Intake intake() {
    return Objects.requireNonNull(intake);
  }

  private RequestPath path() {
    return Objects.requireNonNull(path);
  }

  private InForce.Caller known() {
    return Objects.requireNonNull(caller);
  }
}
