package io.ostiary.tests.fuzz;

/** Says what is wrong with an answer. */
interface Oracle {

  /** What the guard let through that it should not have, or {@code null} if all is well. */
  String wrong(Case asked, Connection.Answer answer);
}
