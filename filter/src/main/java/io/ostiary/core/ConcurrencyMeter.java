package io.ostiary.core;

/** A budget of calls at one time: a call has its one until its answer is complete. */
final class ConcurrencyMeter implements Meter {

  private final Limit limit;
  private final RunningCalls calls;

  ConcurrencyMeter(Limit limit, RunningCalls calls) {
    this.limit = limit;
    this.calls = calls;
  }

  @Override
  public Limit limit() {
    return limit;
  }

  @Override
  public String burst() {
    return Long.toString(limit.burst());
  }

  @Override
  public long draw(long cost) {
    return calls.begin(limit.burst()) ? level() : REFUSED;
  }

  /** An estimate, from how long calls have lately taken. */
  @Override
  public long nanosUntil(long cost) {
    return level() >= cost ? 0 : calls.nanosUntilOneEnds();
  }

  @Override
  public long nanosToFull(long level) {
    return level >= limit.burst() ? 0 : calls.nanosUntilOneEnds();
  }

  @Override
  public void giveBack(long amount) {
    if (amount > 0) {
      calls.takeBack();
    }
  }

  /** A call is never more than one. */
  @Override
  public void charge(long amount) {}

  @Override
  public long level() {
    return limit.burst() - calls.running();
  }

  /** A moment to measure a call's time from. */
  long now() {
    return calls.now();
  }

  /** The call that drew on this has ended. */
  void end(long began) {
    calls.end(calls.now() - began);
  }
}
