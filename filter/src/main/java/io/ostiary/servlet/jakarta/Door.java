package io.ostiary.servlet.jakarta;

import io.ostiary.core.Guard;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Carries the guard's decisions out on servlet requests; used by the filter, and by the agent in place of one. */
public final class Door {

  private final Guard guard;

  /** A door kept by a guard. */
  public Door(Guard guard) {
    this.guard = guard;
  }

  /**
   * The first stage alone, for a server's connector. What it finds travels with the request.
   *
   * @return whether the call was refused, and the refusal written
   */
  public boolean refuses(HttpServletRequest request, HttpServletResponse response) {
    throw new UnsupportedOperationException();
  }

  /**
   * Both stages, or the second if the first was made at the connector.
   *
   * @return how the call goes on, or {@code null} when it is to be left as it is: another door already saw it, or it is a
   *     forward, an include, an error or an asynchronous dispatch
   */
  public @Nullable Passage enter(HttpServletRequest request, HttpServletResponse response) {
    throw new UnsupportedOperationException();
  }
}
