package io.ostiary.agent;

import io.ostiary.agent.hook.Hooks;
import io.ostiary.core.Refusal;
import java.io.IOException;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The servlet shell, of whichever namespace a request is, in signatures without servlet types. */
public interface Shell {

  /** The first stage; see {@link io.ostiary.servlet.jakarta.Door#refuses}. */
  boolean refuses(Object request, Object response, ToLongFunction<Object> age);

  /** Both stages, or the second; see {@link io.ostiary.servlet.jakarta.Door#enter}. */
  Hooks.@Nullable Passage enter(Object request, Object response);

  /** The same for a container of which the door itself listens to a client that is refused while it sends. */
  Hooks.@Nullable Passage enterOnly(Object request, Object response);

  /** The same around a server's handlers; see {@link io.ostiary.servlet.jakarta.Door#enterAround}. */
  Hooks.@Nullable Passage enterAround(Object request, Object response);

  /** The answer to an error of the server; see {@link io.ostiary.servlet.jakarta.Door#answers}. */
  boolean answers(Object request, Object response) throws IOException;

  /** The server is done with a request; see {@link io.ostiary.servlet.jakarta.Door#isDoneWith}. */
  void isDoneWith(Object request);

  /** Writes a refusal where the shell's own way has failed. */
  void answer(Refusal refusal, Object request, Object response) throws IOException;
}
