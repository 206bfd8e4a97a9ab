package io.ostiary.agent.container;

import io.ostiary.agent.SecondDoor;
import io.ostiary.agent.Shell;
import io.ostiary.agent.Site;
import io.ostiary.agent.hook.Hooks;
import io.ostiary.core.Refusal;
import java.lang.reflect.Method;
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
