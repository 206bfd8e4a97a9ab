package io.ostiary.agent.container;

import io.ostiary.agent.SecondDoor;
import io.ostiary.agent.Shell;
import io.ostiary.agent.Site;
import io.ostiary.agent.hook.Hooks;
import io.ostiary.core.Refusal;
import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** The second door of Jetty 12 with servlets of its own core (ee10, ee11): the one way to a mapped servlet and its filters. */
public final class JettyCoreDispatch implements SecondDoor {

  private final Shell shell;

  /** A door beside one servlet environment. */
  public JettyCoreDispatch(Site site) {
    shell = site.shell();
  }

  /** Swaps request and response, or skips the method. */
  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static boolean enter(
      @Advice.Origin Class<?> here,
      @Advice.Argument(value = 2, readOnly = false, typing = Typing.DYNAMIC) Object request,
      @Advice.Argument(value = 3, readOnly = false, typing = Typing.DYNAMIC) Object response,
      @Advice.Local("passage") @Nullable Object passage) {
    passage = Hooks.enter(here, request, response, null);
    request = Hooks.request(passage, request);
    response = Hooks.response(passage, response);
    return Hooks.isRefused(passage);
  }

  /** The app has returned, or thrown; what is answered goes no further. */
  @Advice.OnMethodExit(onThrowable = Throwable.class)
  static void leave(
      @Advice.Local("passage") @Nullable Object passage,
      @Advice.Thrown(readOnly = false) @Nullable Throwable thrown) {
    if (Hooks.leave(passage, thrown)) {
      thrown = null;
    }
  }

  @Override
  public Hooks.@Nullable Passage enter(Object request, Object response, @Nullable Object more) {
    return shell.enter(request, response);
  }

  @Override
  public void answer(Refusal refusal, Object request, Object response, @Nullable Object more)
      throws IOException {
    shell.answer(refusal, request, response);
  }
}
