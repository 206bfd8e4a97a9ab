package io.ostiary.core;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The budgets of one call, in the written order, and what was taken from each. The narrowest scope comes first, so that a
 * caller over its own limit never touches what it shares with others, not even for a moment. Confined to one call; the lease
 * that takes it over guards it.
 *
 * <p>A budget that only observes, or that is met by a call that is only observed, refuses nothing: where it cannot pay it is
 * left as it is.
 */
final class Draw {

  private Meter[] meters = new Meter[4];
  private long[] drawn = new long[4];
  private long[] levels = new long[4];
  private int count;
  private boolean countsTokens;
  private boolean countsRunning;
  private boolean observing;
  private Tokens asked = Tokens.NONE;
  private @Nullable Meter wouldRefuse;

  /** When the first place among running calls was taken; of no meaning if none was. */
  private long began;

  /** Every budget that a call on a model (and perhaps by an endpoint's name) has to pass. */
  static Draw of(
      InForce now, InForce.Caller caller, @Nullable String model, @Nullable String endpoint) {
    Draw draw = new Draw();
    draw.add(caller.own());
    draw.addOn(model, caller.onModels());
    draw.add(now.endpoint(endpoint));
    draw.addOn(model, now.models);
    draw.add(now.service);
    draw.observing = now.policy.observing() || caller.key().observed();
    return draw;
  }

  private void addOn(@Nullable String model, List<InForce.OnModel> limited) {
    for (int i = 0; model != null && i < limited.size(); i++) {
      if (NameSet.matchesInAnyCase(limited.get(i).glob(), model)) {
        add(limited.get(i).meters());
      }
    }
  }

  private void add(Meter[] more) {
    if (count + more.length > meters.length) {
      int size = 2 * (count + more.length);
      meters = Arrays.copyOf(meters, size);
      drawn = Arrays.copyOf(drawn, size);
      levels = Arrays.copyOf(levels, size);
    }
    for (Meter meter : more) {
      meters[count++] = meter;
      countsTokens |= meter.limit().kind().countsTokens();
      countsRunning |= meter.limit().kind().countsRunning();
    }
  }

  /** How many budgets there are. */
  int size() {
    return count;
  }

  Meter meter(int i) {
    return meters[i];
  }

  /** What was left in a budget after this call had drawn on it, or when it was looked at for a refusal. */
  long level(int i) {
    return levels[i];
  }

  /** Whether any of the budgets is counted in tokens. */
  boolean countsTokens() {
    return countsTokens;
  }

  /** Whether any of the budgets is of calls at one time, so that the end of the call must be known. */
  boolean countsRunning() {
    return countsRunning;
  }

  /** The burst of the smallest budget that pays for output, or {@link Long#MAX_VALUE} when there is none. */
  long smallestOutputBudget() {
    long smallest = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      Limit limit = meters[i].limit();
      boolean paysForOutput =
          limit.kind().countsTokens() && Tokens.OUTPUT_ONLY.in(limit.kind().unit()) > 0;
      if (paysForOutput && !limit.observed()) {
        smallest = Math.min(smallest, limit.burst());
      }
    }
    return smallest;
  }

  /** The first budget that could not pay this even when it is full, or {@code null}. */
  @Nullable Meter neverFits(Tokens tokens) {
    for (int i = 0; i < count; i++) {
      Limit limit = meters[i].limit();
      if (tokens.in(limit.kind().unit()) > limit.burst() && !isObserved(limit)) {
        return meters[i];
      }
    }
    return null;
  }

  private boolean isObserved(Limit limit) {
    return observing || limit.observed();
  }

  /**
   * Takes the price of the call from every budget, or from none.
   *
   * @return the budget that refused, or {@code null}
   */
  @Nullable Meter take(Tokens tokens) {
    asked = tokens;
    for (int i = 0; i < count; i++) {
      Meter meter = meters[i];
      long cost = tokens.in(meter.limit().kind().unit());
      long left = meter.draw(cost);
      if (left != Meter.REFUSED) {
        drawn[i] = cost;
        levels[i] = left;
        if (meter instanceof ConcurrencyMeter running) {
          began = running.now();
        }
      } else if (isObserved(meter.limit())) {
        wouldRefuse = wouldRefuse == null ? meter : wouldRefuse;
        drawn[i] = Meter.REFUSED;
        levels[i] = meter.level();
      } else {
        giveBack(i);
        return meter;
      }
    }
    return null;
  }

  /** Whether a budget could pay what was asked for if it were full. */
  boolean fits(Meter meter) {
    return asked.in(meter.limit().kind().unit()) <= meter.limit().burst();
  }

  /** Of the budgets that only observe, the first that would have refused, or {@code null}. */
  @Nullable Meter wouldRefuse() {
    return wouldRefuse;
  }

  /** Gives back what was taken: for a call that in the end does not reach the app. */
  void undo() {
    giveBack(count);
  }

  private void giveBack(int end) {
    for (int i = end - 1; i >= 0; i--) {
      meters[i].giveBack(drawn[i]);
      drawn[i] = 0;
    }
  }

  /** Looks at every budget, drawing on none. */
  void look() {
    for (int i = 0; i < count; i++) {
      levels[i] = meters[i].level();
    }
  }

  /** How long until every budget could pay, in nanoseconds; {@link Meter#NEVER} if one never can. */
  long longestWait() {
    long longest = 0;
    for (int i = 0; i < count; i++) {
      if (!isObserved(meters[i].limit())) {
        longest =
            Math.max(longest, meters[i].nanosUntil(asked.in(meters[i].limit().kind().unit())));
      }
    }
    return longest;
  }

  /**
   * Takes more tokens for an output that outgrows its reservation, from every budget or from none.
   *
   * @return the budget that has no more, or {@code null}
   */
  @Nullable Meter takeMore(long output) {
    Tokens more = new Tokens(0, output);
    for (int i = 0; i < count; i++) {
      Meter meter = meters[i];
      long cost = more.in(meter.limit().kind().unit());
      if (cost == 0 || !isPayer(i)) {
        continue;
      }
      if (meter.draw(cost) == Meter.REFUSED) {
        for (int before = 0; before < i; before++) {
          if (isPayer(before)) {
            meters[before].giveBack(more.in(meters[before].limit().kind().unit()));
          }
        }
        return meter;
      }
    }
    for (int i = 0; i < count; i++) {
      if (isPayer(i)) {
        drawn[i] += more.in(meters[i].limit().kind().unit());
      }
    }
    return null;
  }

  /** Whether a budget pays for more output. */
  private boolean isPayer(int i) {
    Limit limit = meters[i].limit();
    return limit.kind().countsTokens() && drawn[i] != Meter.REFUSED && !isObserved(limit);
  }

  /** Sets the token budgets to what the call has used, which may be told anew; requests stay counted. */
  void settle(Tokens used) {
    for (int i = 0; i < count; i++) {
      Limit.Unit unit = meters[i].limit().kind().unit();
      if (meters[i].limit().kind().countsTokens() && drawn[i] != Meter.REFUSED) {
        meters[i].giveBack(drawn[i] - used.in(unit));
        meters[i].charge(used.in(unit) - drawn[i]);
        drawn[i] = used.in(unit);
      }
    }
  }

  /** Lets go of the places among running calls: the call has ended. Once only. */
  void end() {
    for (int i = 0; i < count; i++) {
      if (meters[i] instanceof ConcurrencyMeter running && drawn[i] > 0) {
        drawn[i] = 0;
        running.end(began);
      }
    }
  }
}
