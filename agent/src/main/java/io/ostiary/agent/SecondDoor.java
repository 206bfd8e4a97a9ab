package io.ostiary.agent;

import io.ostiary.agent.hook.Hooks;
import io.ostiary.core.Refusal;
import org.jspecify.annotations.Nullable;

/** What stands behind a hook where a call is handed to an app. The three objects are what its advice takes from the hooked method. */
public interface SecondDoor {

  /** How the call goes on, or {@code null} when it is to be left as it is. */
  Hooks.@Nullable Passage enter(Object request, Object response, @Nullable Object more)
      throws Exception;

  /** Writes a refusal after {@link #enter} has failed. */
  void answer(Refusal refusal, Object request, Object response, @Nullable Object more)
      throws Exception;
}
