package io.ostiary.core;

import java.util.List;

/** A policy cannot be made of the operator's files; the message lists every problem, one a line. */
public final class PolicyException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  PolicyException(List<Problem> problems) {
    super(String.join("\n", problems.stream().map(Problem::toString).toList()));
    this.problems = List.copyOf(problems);
  }

  List<Problem> problems() {
    return problems;
  }
}
