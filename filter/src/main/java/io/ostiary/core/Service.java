package io.ostiary.core;

import java.time.Duration;

/**
 * The service as a whole: how many calls it works on, and what becomes of the others.
 *
 * @param workers the calls that run at one time; zero for any number
 * @param queue the calls that wait for a worker
 * @param queueWait how long one waits at most
 * @param threads the threads that the server has for calls, or zero where the operator does not say
 * @param state whether calls are taken at all
 * @param bodyMemory how much memory the bodies of all calls together may take, in bytes
 * @param interrupts whether the thread of a call whose time is over is interrupted
 * @param drain how long the server's stop waits for calls that run
 */
record Service(
    int workers,
    int queue,
    Duration queueWait,
    int threads,
    State state,
    long bodyMemory,
    boolean interrupts,
    Duration drain) {

  /** Waiting calls hold threads of the server; so many at least are kept free for others. */
  private static final int LEAST_FREE = 4;

  private static final int SHARE_FREE = 8;

  /** What Tomcat and Jetty have unless they are told otherwise. */
  static final int USUAL_THREADS = 200;

  /** Whether calls are taken. */
  enum State {
    /** They are. */
    READY,
    /** Not yet. */
    STARTING,
    /** Not any more. */
    DRAINING
  }

  /** Whether calls need a worker. */
  boolean hasWorkers() {
    return workers > 0;
  }

  /**
   * How many calls wait at most on a server of which something is known.
   *
   * @param found the threads that it has for calls, or zero if nobody can tell
   */
  int queueWith(int found) {
    return found == 0 || threads > 0 || !hasWorkers()
        ? queue
        : Math.min(queue, waiters(found, workers));
  }

  /** How many of so many threads may wait, with workers that hold one each, and some left for calls that need no worker. */
  static int waiters(int threads, int workers) {
    return Math.max(0, threads - workers - Math.max(LEAST_FREE, threads / SHARE_FREE));
  }
}
