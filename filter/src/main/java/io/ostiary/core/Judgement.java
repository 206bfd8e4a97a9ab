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
  private final Head head;

  private Facts facts = Facts.NONE;
  private long retryAfterNanos;

  /** The guard itself has failed on the call, and cannot say how its budgets stand. */
  private boolean failing;

  private @Nullable Intake intake;
  private @Nullable ModelChoice choice;
  private @Nullable Taking taking;

  Judgement(InForce now, Call call, LongSupplier wallMillis, Log log) {
    this.now = now;
    this.call = call;
    this.wallMillis = wallMillis;
    this.log = log;
    this.reply = new Reply(call, log);
    this.head = new Head(now, call, wallMillis);
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
    Reason no = head.door();
    if (no != null) {
      return rejectByHead(no);
    }
    Route route = head.routeIfAny();
    if (route == null) {
      return Veils.untouched(now.policy.keyRules(), call);
    }
    if (route.keyed() && now.policy.passesPreflights() && Preflight.is(call)) {
      return admit(Lease.NONE, Body.EMPTY, null, List.of(), null);
    }
    if (route.keyed()) {
      no = head.caller();
      no = no != null ? no : head.permittedRoute();
      no = no != null ? no : head.permittedWorkspace();
      no = no != null ? no : head.readiness();
    }
    no = no != null ? no : head.requestId();
    no = no != null ? no : head.declaredSize();
    return no != null
        ? rejectByHead(no)
        : new Decision.Proceed(head.arrival(reply.id(route.dialect())));
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
      head.recall(arrival);
      reply.isKnownAs(arrival.requestId);
    }
    Reason no = body(source);
    if (head.hasCaller()) {
      no = no != null ? no : fields();
      no = no != null ? no : namedModel();
      no = no != null ? no : permittedModel();
      no = no != null ? no : text();
      no = no != null ? no : limits();
      no = no != null ? no : worker();
    }
    if (no != null) {
      return reject(no);
    }
    Taking taken = taking;
    return taken == null || taken.mayRun() ? admit() : new Decision.Wait(queued(taken));
  }

  /** The end of a wait for a worker, however it came about. */
  Decision resume() {
    Taking taken = Objects.requireNonNull(taking);
    Reason no = taken.endWait(head.time());
    if (no == null) {
      return admit();
    }
    facts = Facts.NONE;
    retryAfterNanos = taken.retryAfterNanos();
    return refuse(no);
  }

  /** The client has gone while the call waited. */
  void abandoned() {
    departing().aborted();
  }

  /** The answer to a body that broke off while it was read; nobody else could answer otherwise, so it is never let pass. */
  Decision unreadable() {
    facts = Facts.of(Slot.DETAIL, "the body ended early");
    return refuse(Reason.BODY_UNREADABLE);
  }

  /** The answer to a call on which the guard failed, in the words of its route as far as that is known. */
  Decision failed() {
    if (head.routeIfAny() == null) {
      head.door();
    }
    facts = Facts.NONE;
    retryAfterNanos = 0;
    failing = true;
    return refuse(Reason.INTERNAL);
  }

  /** What was taken goes back: the call does not reach the app. Idempotent. */
  void undo() {
    try {
      if (taking != null) {
        taking.undo();
      }
    } finally {
      letGoOfBody();
    }
  }

  /** Whether the app would find the body gone if it were called now. */
  boolean hasOpenedBody() {
    return intake != null && intake.isOpened();
  }

  // ---- with the body

  private @Nullable Reason body(BodySource source) throws IOException {
    Intake taken = new Intake(call, head.route(), now.fields(head.route()), now.bodies);
    intake = taken;
    boolean pays = head.hasCaller() && head.known().maySpendTokens();
    String signedMd5 = head.signedMd5();
    boolean signed = signedMd5 != null;
    CallTime limited = head.time();
    Reason no =
        limited == null
            ? taken.read(source, pays, signed, !head.isObserved())
            : limited.read(taken, source, pays, signed);
    facts = taken.facts();
    retryAfterNanos = no == Reason.BODIES_FULL ? Taking.BODIES_FULL_NANOS : 0;
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

  private @Nullable Reason namedModel() {
    Naming naming = new Naming(call, head.match(), now.fields(head.route()), intake());
    ModelChoice chosen = new ModelChoice(now.policy, head.route(), head.path(), naming);
    choice = chosen;
    Reason no = chosen.name();
    facts = chosen.facts();
    return no;
  }

  private @Nullable Reason permittedModel() {
    ModelChoice chosen = Objects.requireNonNull(choice);
    Reason no = chosen.permit(head.known().key());
    facts = chosen.facts();
    return no;
  }

  private @Nullable Reason text() throws IOException {
    Reason no = intake().unwanted();
    facts = intake().facts();
    return no;
  }

  private @Nullable Reason limits() {
    Taking taken = new Taking(now, head.known(), budgetsToPass(), head.isObserved());
    taking = taken;
    return taken(taken.budgets(head.route(), intake(), model()), taken);
  }

  /** Who cannot have a worker at once may wait for one; this is the last that is drawn. */
  private @Nullable Reason worker() {
    Taking taken = Objects.requireNonNull(taking);
    return now.line == null ? null : taken(taken.worker(now.line), taken);
  }

  private @Nullable Reason taken(@Nullable Reason no, Taking taken) {
    facts = taken.facts();
    retryAfterNanos = taken.retryAfterNanos();
    Reason would = taken.wouldRefuse();
    if (would != null) {
      observed(would);
    }
    return no;
  }

  private Queued queued(Taking taken) {
    return taken.queued(this, head.time(), now.policy.service().queueWait());
  }

  // ---- the answer

  private Decision admit() {
    Taking taken = taking;
    Deadline deadline = deadline();
    BodyHold hold = intake().hold();
    Lease lease = taken == null ? leaseOf(deadline, hold) : taken.lease(this, deadline, hold, log);
    long output = taken == null ? 0 : taken.price().tokens().output();
    Renaming renaming = renaming();
    Body body = intake().bodyForApp(output, renaming);
    return admit(lease, body, renaming == null ? null : renaming.head(), budgets(), deadline);
  }

  /** What is only observed is answered as it would be without a guard. */
  private Decision admit(
      Lease lease,
      @Nullable Body body,
      @Nullable HeadRewrite rewrite,
      List<Header> headers,
      @Nullable Deadline deadline) {
    boolean repairsText = now.policy.repairsText();
    Decision.Admit untold =
        new Decision.Admit(lease, body, rewrite, headers, repairsText, veil(), null, deadline);
    return head.isObserved() ? untold : reply.told(head.route(), untold);
  }

  private Lease leaseOf(@Nullable Deadline deadline, @Nullable BodyHold hold) {
    return deadline == null && hold == null
        ? Lease.NONE
        : new Lease(null, null, null, hold, deadline == null ? null : departing(), log);
  }

  private @Nullable Deadline deadline() {
    CallTime limited = head.time();
    boolean interrupts = now.policy.service().interrupts();
    return limited == null
        ? null
        : limited.deadline(interrupts, head.dialect(), reply.id(head.dialect()), departing());
  }

  /** The call as the log tells of its end. */
  Departing departing() {
    return new Departing(now.observations, head.tag(), head.pathIfKnown());
  }

  /** What the call will owe for what was drawn. */
  Settlement settlement(Draw drawn, Price price) {
    boolean stops =
        !head.isObserved() && (head.route().hardStop() || head.known().key().hardStop());
    Learned.Factors learned = now.learns() ? now.learned.of(model()) : null;
    return new Settlement(
        drawn,
        price,
        head.route().usage(),
        intake().isIncremental(),
        learned,
        stops ? reply.farewell(head.dialect()) : null);
  }

  /** How the caller's budgets stand, as headers; none before the caller is known, and none where nothing is enforced. */
  private List<Header> budgets() {
    boolean told = now.policy.vendorHeaders() || now.policy.ietfHeaders();
    if (!told || !head.isAccepted() || failing || head.isObserved()) {
      return List.of();
    }
    Taking taken = taking;
    Draw looked = taken == null ? null : taken.draw();
    if (looked == null) {
      looked = budgetsToPass();
      looked.look();
    }
    return BudgetHeaders.of(
        looked, now.policy, head.dialect(), retryAfterNanos, wallMillis.getAsLong());
  }

  private Decision rejectByHead(Reason reason) {
    facts = head.facts();
    retryAfterNanos = head.retryAfterNanos();
    return reject(reason);
  }

  private Decision reject(Reason reason) {
    if (head.isObserved()) {
      observed(reason);
      return pass();
    }
    return refuse(reason);
  }

  private Decision refuse(Reason reason) {
    Dialect dialect = head.dialect();
    String requestId = reply.id(dialect);
    Refusal refusal = dialect.refuse(reason, facts, requestId, retryAfterNanos, budgets());
    now.observations.refused(
        reason, refusal.status(), facts, head.tag(), head.pathIfKnown(), requestId);
    boolean unread = intake == null ? Intake.isUnread(call) : intake.isUnread();
    letGoOfBody();
    return new Decision.Reject(reason, refusal, unread);
  }

  private void observed(Reason reason) {
    now.observations.observed(reason, facts, head.tag(), head.pathIfKnown());
  }

  /** What would have been refused reaches the app as if it were admitted, and is charged nothing. */
  private Decision pass() {
    Renaming renaming = renaming();
    Body body = intake == null ? null : intake.bodyForApp(0, renaming);
    HeadRewrite rewrite = renaming == null ? null : renaming.head();
    boolean repairsText = head.routeIfAny() != null && now.policy.repairsText();
    Lease lease = leaseOf(null, intake == null ? null : intake.hold());
    return new Decision.Admit(lease, body, rewrite, List.of(), repairsText, veil(), null, null);
  }

  private void letGoOfBody() {
    if (intake != null) {
      intake.letGo();
    }
  }

  private Veil veil() {
    return Veils.of(
        now, call, head.routeIfAny(), head.isAccepted() && !failing ? head.tag() : null);
  }

  private Draw budgetsToPass() {
    ModelChoice chosen = choice;
    return Draw.of(now, head.known(), model(), chosen == null ? null : chosen.endpoint());
  }

  private @Nullable String model() {
    return choice == null ? null : choice.model();
  }

  private @Nullable Renaming renaming() {
    return choice == null ? null : choice.renaming();
  }

  private Intake intake() {
    return Objects.requireNonNull(intake);
  }
}
