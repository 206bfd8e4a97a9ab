package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/**
 * An admitted call as the log tells of its end.
 *
 * @param tag of its key, or {@code null}
 */
record Departing(Observations observations, @Nullable String tag, @Nullable RequestPath path) {

  /** Its client has gone before the answer was complete. */
  void aborted() {
    observations.gone(tag, path);
  }

  /** Nobody has told of its end. */
  void forgotten() {
    observations.forgotten(tag, path);
  }

  /** Its time was over before the answer was complete. */
  void timedOut(int status, String requestId) {
    observations.refused(Reason.TIMED_OUT, status, Facts.NONE, tag, path, requestId);
  }
}
