package io.ostiary.agent.container;

import io.ostiary.agent.SecondDoor;
import io.ostiary.agent.Shell;
import io.ostiary.agent.Site;
import io.ostiary.agent.hook.Hooks;
import io.ostiary.core.Refusal;
import io.ostiary.servlet.jakarta.Door;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The second door of contexts of ee8 and ee9 on Jetty 12 in which not servlets alone may answer: the context is about to call its
 * handlers. The call has been taken over by the core's shell, which sees bytes, and is handed on to the shell of these. Where
 * servlets alone answer, the call is left to {@link JettyDispatch}. Reflective, since it is compiled against no such environment.
 */
public final class JettyContext implements SecondDoor {

  private final Shell shell;
  private final Answerers answerers = new Answerers(System::nanoTime);
  private final Method context;
  private final Method handler;
  private final Method attribute;
  private final Method handled;

  /** A door beside one environment. */
  public JettyContext(Site site) throws ReflectiveOperationException {
    shell = site.shell();
    Class<?> type = site.here();
    String request = type.getPackageName() + ".Request";
    Class<?> base = Class.forName(request, false, type.getClassLoader());
    context = base.getMethod("getContext");
    handler = context.getReturnType().getMethod("getContextHandler");
    attribute = base.getMethod("getAttribute", String.class);
    handled = base.getMethod("setHandled", boolean.class);
  }

  @Override
  public Hooks.@Nullable Passage enter(Object request, Object response, @Nullable Object base)
      throws ReflectiveOperationException {
    Object here = context.invoke(base);
    if (here == null
        || answerers.of(handler.invoke(here), JettyTree::kind) != HandlerKind.ANSWERS) {
      return null;
    }
    if (attribute.invoke(base, Door.ARRIVAL) != null) {
      // The core's shell has left it alone.
      return null;
    }
    boolean around = attribute.invoke(base, Door.AROUND) != null;
    Hooks.Passage passage =
        around ? shell.enter(request, response) : shell.enterAround(request, response);
    if (passage != null && passage.isRefused()) {
      handled.invoke(base, true);
    }
    return passage;
  }

  @Override
  public void answer(Refusal refusal, Object request, Object response, @Nullable Object base)
      throws Exception {
    shell.answer(refusal, request, response);
    handled.invoke(base, true);
  }
}
