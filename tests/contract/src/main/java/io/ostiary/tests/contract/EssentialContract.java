package io.ostiary.tests.contract;

/**
 * The part of {@link GuardedServerContract} that tells within seconds whether a release of a server is guarded at all: keys and
 * models, bodies, answers as texts and as streams, errors, calls that end in every way.
 */
public interface EssentialContract
    extends GuardingContract,
        ChargeContract,
        BodyContract,
        TextContract,
        SameAnswerContract,
        ErrorContract,
        UnreadContract,
        ExitContract {

  /** Whether the guard is a filter. */
  @Override
  boolean comesAfterTheAppsFilters();
}
