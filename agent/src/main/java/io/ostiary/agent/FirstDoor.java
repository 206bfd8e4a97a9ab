package io.ostiary.agent;

import io.ostiary.core.Refusal;
import org.jspecify.annotations.Nullable;

/** What stands behind a hook at a server's connector. The three objects are what its advice takes from the hooked method. */
public interface FirstDoor {

  /** Whether nothing is left to the server: the call has been refused, or taken over whole. */
  boolean refuses(Object request, Object response, @Nullable Object more) throws Exception;

  /** Writes a refusal after {@link #refuses} has failed. */
  void answer(Refusal refusal, Object request, Object response, @Nullable Object more)
      throws Exception;

  /** Ends a call of which nothing is left to the server, as far as the container does not. */
  void finish(Object request, Object response, @Nullable Object more) throws Exception;
}
