package io.ostiary.agent;

import io.ostiary.core.AppErrors;
import io.ostiary.core.Guard;
import org.jspecify.annotations.Nullable;

/**
 * Where a door stands: all that its constructor is given.
 *
 * @param here the class whose method is hooked
 */
public record Site(Class<?> here, Guard guard, Shell shell) {

  /** How bytes are answered that are no request; {@code null} to leave it to the server. */
  public @Nullable AppErrors errorsOfUnread() {
    return guard.errors(new UnknownCall(""), null);
  }
}
