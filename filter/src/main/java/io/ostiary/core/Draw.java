package io.ostiary.core;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The budgets of one call, in the written order, and what was taken from each. The narrowest scope comes first, so that a
 * caller over its own limit never touches what it shares with others, not even for a moment. Confined to one call; the lease
 * that takes it over guards it.
 */
final class Draw {

  private Meter[] meters = new Meter[8];
  private int count;
  private int taken;
  private long tokens;
  private boolean countsTokens;

  /** Every budget that a call on a model (and perhaps by an endpoint's name) has to pass. */
  static Draw of(
      InForce now, InForce.Caller caller, @Nullable String model, @Nullable String endpoint) {
    Draw draw = new Draw();
    draw.add(caller.own());
    draw.addOn(model, caller.onModels());
    draw.add(now.endpoint(endpoint));
    draw.addOn(model, now.models);
    draw.add(now.service);
    return draw;
  }

  private void addOn(@Nullable String model, List<InForce.OnModel> limited) {
    for (int i = 0; model != null && i < limited.size(); i++) {
      if (NameSet.matches(limited.get(i).glob(), model)) {
        add(limited.get(i).meters());
      }
    }
  }

  private void add(Meter[] more) {
    if (count + more.length > meters.length) {
      meters = Arrays.copyOf(meters, 2 * (count + more.length));
    }
    for (Meter meter : more) {
      meters[count++] = meter;
      countsTokens |= meter.limit().kind().countsTokens();
    }
  }

  /** Whether any of the budgets is counted in tokens. */
  boolean countsTokens() {
    return countsTokens;
  }

  /** The burst of the smallest token budget, or {@link Long#MAX_VALUE} when there is none. */
  long smallestTokenBudget() {
    long smallest = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      if (meters[i].limit().kind().countsTokens()) {
        smallest = Math.min(smallest, meters[i].limit().burst());
      }
    }
    return smallest;
  }

  /**
   * Takes the price of the call from every budget, or from none.
   *
   * @param tokens what a token budget is asked for, at least 1
   * @return the budget that refused, or {@code null}
   */
  @Nullable Meter take(long tokens) {
    this.tokens = tokens;
    while (taken < count) {
      Meter meter = meters[taken];
      if (!meter.draws(cost(meter))) {
        undo();
        return meter;
      }
      taken++;
    }
    return null;
  }

  /** Gives back what was taken: for a call that in the end does not reach the app. */
  void undo() {
    while (taken > 0) {
      Meter meter = meters[--taken];
      meter.giveBack(cost(meter));
    }
  }

  /** How long until every budget could pay, in nanoseconds; {@link Meter#NEVER} if one never can. */
  long longestWait() {
    long longest = 0;
    for (int i = 0; i < count; i++) {
      longest = Math.max(longest, meters[i].nanosUntil(cost(meters[i])));
    }
    return longest;
  }

  /** Sets the token budgets to what the call has used; requests stay counted. */
  void settle(long used) {
    for (int i = 0; i < count; i++) {
      if (meters[i].limit().kind().countsTokens()) {
        meters[i].giveBack(tokens - used);
        meters[i].charge(used - tokens);
      }
    }
  }

  /** What was asked of each token budget. */
  long tokens() {
    return tokens;
  }

  private long cost(Meter meter) {
    return meter.limit().kind().countsTokens() ? tokens : 1;
  }
}
