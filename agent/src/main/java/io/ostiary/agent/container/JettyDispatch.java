package io.ostiary.agent.container;

import io.ostiary.agent.SecondDoor;
import io.ostiary.agent.Shell;
import io.ostiary.agent.Site;
import io.ostiary.agent.hook.Hooks;
import io.ostiary.core.Refusal;
import java.lang.reflect.Method;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * The second door of Jetty 9.4 to 11, and of those of Jetty 12's environments that nest the old code (ee8, ee9): a servlet
 * handler is about to run its filters. Reflective, since the same names are other types in the Jetty it is compiled against.
 */
public final class JettyDispatch implements SecondDoor {

  private final Shell shell;
  private volatile @Nullable Method handled;

  /** A door beside one servlet handler. */
  public JettyDispatch(Site site) {
    shell = site.shell();
  }

  /** Swaps request and response, or skips the method. */
  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static boolean enter(
      @Advice.Origin Class<?> here,
      @Advice.Argument(1) Object base,
      @Advice.Argument(value = 2, readOnly = false, typing = Typing.DYNAMIC) Object request,
      @Advice.Argument(value = 3, readOnly = false, typing = Typing.DYNAMIC) Object response,
      @Advice.Local("passage") @Nullable Object passage) {
    passage = Hooks.enter(here, request, response, base);
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
  public Hooks.@Nullable Passage enter(Object request, Object response, @Nullable Object more)
      throws ReflectiveOperationException {
    Hooks.Passage passage = shell.enter(request, response);
    if (passage != null && passage.isRefused()) {
      setHandled(more);
    }
    return passage;
  }

  @Override
  public void answer(Refusal refusal, Object request, Object response, @Nullable Object more)
      throws Exception {
    shell.answer(refusal, request, response);
    setHandled(more);
  }

  /** Or Jetty would answer 404 to what nobody has handled. */
  private void setHandled(@Nullable Object base) throws ReflectiveOperationException {
    Method method = handled;
    if (base != null) {
      if (method == null) {
        method = base.getClass().getMethod("setHandled", boolean.class);
        handled = method;
      }
      method.invoke(base, true);
    }
  }
}
