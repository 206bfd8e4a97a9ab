package io.ostiary.core;

import java.util.Map;

/** A guard's figures, as they are when they are asked for. They cost the calls nothing: what is counted is counted anyhow. */
record Figures(Guard guard, WaitingLine line, Observations observations) implements GuardMXBean {

  @Override
  public String getMode() {
    return guard.mode();
  }

  @Override
  public int getWorkers() {
    return guard.mayWait() ? line.workers() : 0;
  }

  @Override
  public int getRunning() {
    return guard.running();
  }

  @Override
  public int getQueue() {
    return guard.mayWait() ? line.queue() : 0;
  }

  @Override
  public int getWaiting() {
    return line.waiting();
  }

  @Override
  public Map<String, Long> getRefused() {
    return observations.refused();
  }

  @Override
  public Map<String, Long> getObserved() {
    return observations.observed();
  }

  @Override
  public long getClientsGone() {
    return observations.gone();
  }

  @Override
  public long getLetGoAtTheLastMoment() {
    return observations.forgotten();
  }

  @Override
  public long getBodyMemory() {
    return guard.bodyBytes();
  }

  @Override
  public long getReloadFailures() {
    return guard.reloadFailures();
  }
}
