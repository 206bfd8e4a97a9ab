package io.ostiary.core;

import java.util.Map;

/**
 * What an operator can read of a guard while it runs, by JMX. All counts are since the guard was opened, and go on when its
 * policy is reloaded; what is at hand at the moment is read at the moment.
 */
public interface GuardMXBean {

  /** What the policy makes of calls: {@code enforce}, {@code observe} or {@code off}. */
  String getMode();

  /** How many calls may run at one time; 0 where the policy has no workers, so that any number may. */
  int getWorkers();

  /** How many calls hold a worker; 0 where the policy has no workers. */
  int getRunning();

  /** How many calls may wait for a worker, with no more threads than the server has. */
  int getQueue();

  /** How many calls wait for a worker. */
  int getWaiting();

  /** How many calls were refused, by the name of each {@link Reason}; those whose time was over in the midst of their answers too. */
  Map<String, Long> getRefused();

  /** How many calls would have been refused if they were not only observed, by the name of each {@link Reason}. */
  Map<String, Long> getObserved();

  /** How many clients have gone before their answers were complete: what is 499 in the log. */
  long getClientsGone();

  /** How many calls were let go of at the last moment, since nobody had told of their end. */
  long getLetGoAtTheLastMoment();

  /** How much memory the bodies of all calls on their way take, in bytes. */
  long getBodyMemory();

  /** How often a changed policy file was not taken, since it had problems. */
  long getReloadFailures();
}
