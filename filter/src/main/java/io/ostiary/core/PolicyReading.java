package io.ostiary.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one reading of the operator's files gave.
 *
 * @param policy {@code null} if there are problems
 * @param problems in the order of the lines
 * @param fingerprint of every file that was read
 */
record PolicyReading(@Nullable Policy policy, List<Problem> problems, Fingerprint fingerprint) {

  /** @throws PolicyException with the list of all problems, if there are any */
  Policy orThrow() throws PolicyException {
    if (policy == null) {
      throw new PolicyException(problems);
    }
    return policy;
  }
}
