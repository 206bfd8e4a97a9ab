package io.ostiary.core;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one call takes: of its budgets first, and a worker last, since for that it may have to wait. Whatever refuses, all is
 * given back. Confined to the call's thread.
 */
final class Taking {

  /** Whoever is told that the service is not ready may find another instance by then. */
  static final long NOT_READY_NANOS = 1_000_000_000;

  /** Nobody knows when other calls will have ended. */
  static final long BODIES_FULL_NANOS = 1_000_000_000;

  private final InForce now;
  private final InForce.Caller caller;
  private final Draw draw;
  private final boolean observing;

  private Price price = Price.NOTHING;
  private Facts facts = Facts.NONE;
  private long retryAfterNanos;
  private @Nullable Reason wouldRefuse;
  private @Nullable Ticket ticket;

  /** When a call that waits has waited for long enough. */
  private long patientUntil;

  /**
   * Nothing so far.
   *
   * @param draw on which nothing has been drawn
   * @param observing whether nothing is refused
   */
  Taking(InForce now, InForce.Caller caller, Draw draw, boolean observing) {
    this.now = now;
    this.caller = caller;
    this.draw = draw;
    this.observing = observing;
  }

  /** Takes the call's price from every budget; answers why that cannot be, or {@code null}. */
  @Nullable Reason budgets(Route route, Intake intake, @Nullable String model) {
    if (draw.countsTokens()) {
      price = Price.of(now, route, intake, model, draw.smallestOutputBudget());
      Meter never = draw.neverFits(price.tokens());
      if (never != null) {
        draw.look();
        facts = estimate().and(never.limit());
        return Reason.TOKENS_NEVER_FIT;
      }
    }
    Meter refused = draw.take(price.tokens());
    if (refused == null) {
      Meter would = draw.wouldRefuse();
      if (would != null) {
        facts = facts.and(would.limit());
        wouldRefuse = draw.fits(would) ? would.limit().kind().reason() : Reason.TOKENS_NEVER_FIT;
      }
      return null;
    }
    facts = (draw.countsTokens() ? estimate() : facts).and(refused.limit());
    retryAfterNanos = Math.max(1, draw.longestWait());
    draw.look();
    return refused.limit().kind().reason();
  }

  private Facts estimate() {
    return Facts.of(Slot.ESTIMATE, Long.toString(price.tokens().total()));
  }

  /** Takes a worker, or a place in the line; answers why neither can be had, or {@code null}. */
  @Nullable Reason worker(WaitingLine line) {
    wouldRefuse = null;
    facts = Facts.NONE;
    if (observing) {
      ticket = line.joinRegardless(caller.turn());
      wouldRefuse = line.isOverfull() ? Reason.QUEUE_FULL : null;
      return null;
    }
    ticket = line.join(caller.turn());
    if (ticket != null) {
      return null;
    }
    giveUp();
    boolean open = line.isOpen();
    retryAfterNanos = open ? line.nanosUntilFree() : NOT_READY_NANOS;
    return open ? Reason.QUEUE_FULL : Reason.NOT_READY;
  }

  /** Whether the call need not wait. */
  boolean mayRun() {
    return ticket == null || ticket.state == Ticket.State.RUNNING;
  }

  /** The call in the line. */
  Queued queued(Judgement judgement, @Nullable CallTime time, Duration patience) {
    WaitingLine line = Objects.requireNonNull(now.line);
    patientUntil = line.now() + patience.toNanos();
    long due = patientUntil;
    if (time != null && time.due() - due < 0) {
      due = time.due();
    }
    return new Queued(judgement, place(), line, due);
  }

  /** The wait is over; answers why the call cannot run, or {@code null}. */
  @Nullable Reason endWait(@Nullable CallTime time) {
    WaitingLine line = Objects.requireNonNull(now.line);
    Ticket.State found = place().giveUpWaiting();
    boolean late = time != null && time.isOver();
    if (found == Ticket.State.RUNNING && !late) {
      return null;
    }
    giveUp();
    boolean patient = found == Ticket.State.WAITING && line.now() - patientUntil >= 0;
    retryAfterNanos = late ? 0 : patient ? line.nanosUntilFree() : NOT_READY_NANOS;
    return late ? Reason.TIMED_OUT : patient ? Reason.QUEUE_FULL : Reason.NOT_READY;
  }

  private Ticket place() {
    return Objects.requireNonNull(ticket);
  }

  private void giveUp() {
    undo();
    draw.look();
  }

  /** What was taken goes back: the call does not reach the app. Idempotent. */
  void undo() {
    try {
      draw.undo();
    } finally {
      if (ticket != null) {
        ticket.takeBack();
      }
    }
  }

  /** What the call holds until its answer is complete. */
  Lease lease(Judgement judgement, @Nullable Deadline deadline, @Nullable BodyHold body, Log log) {
    boolean watched = ticket != null || deadline != null || draw.countsRunning();
    if (!watched && draw.size() == 0 && body == null) {
      return Lease.NONE;
    }
    return new Lease(
        draw,
        draw.countsTokens() ? judgement.settlement(draw, price) : null,
        ticket,
        body,
        watched ? judgement.departing() : null,
        log);
  }

  Draw draw() {
    return draw;
  }

  Price price() {
    return price;
  }

  /** What fills the refusal's text, or tells of what would have been refused. */
  Facts facts() {
    return facts;
  }

  /** How long the caller should wait; zero if that does not help. */
  long retryAfterNanos() {
    return retryAfterNanos;
  }

  /** Why the call would have been refused if it were not only observed, or {@code null}. */
  @Nullable Reason wouldRefuse() {
    return wouldRefuse;
  }
}
