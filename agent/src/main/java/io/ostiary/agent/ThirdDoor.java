package io.ostiary.agent;

import org.jspecify.annotations.Nullable;

/**
 * What stands behind a hook where a server is about to write a page of its own for an error. The three objects are what its
 * advice takes from the hooked method.
 */
public interface ThirdDoor {

  /** Whether the error has been answered in place of the server. */
  boolean answers(Object request, Object response, @Nullable Object more) throws Exception;
}
