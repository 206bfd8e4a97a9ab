package io.ostiary.tests.contract;

/** The part of {@link EssentialContract} that holds on old releases of servers too: who may call what, also where the app sends a call on. */
public interface GuardingContract extends KeyContract, SentOnContract {

  @Override
  ServerProcess server();

  @Override
  boolean judgesBeforeContinue();

  @Override
  boolean hearsTheHeadAlone();
}
