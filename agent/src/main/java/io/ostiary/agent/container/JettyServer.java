package io.ostiary.agent.container;

import io.ostiary.agent.SecondDoor;
import io.ostiary.agent.Shell;
import io.ostiary.agent.Site;
import io.ostiary.agent.hook.Hooks;
import io.ostiary.core.Refusal;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The second door of Jetty 9.4 to 11 where not servlets alone may answer: the server is about to call its handlers. Where
 * servlets alone do, the call is left to {@link JettyDispatch}. Reflective, since the same names are other types in the Jetty it
 * is compiled against.
 *
 * <p>Known weakness: a handler that reads its body from Jetty's own request, and not from the one that it is given, finds it read;
 * one that writes to Jetty's own response is not metered, and is charged what it reserved.
 */
public final class JettyServer implements SecondDoor {

  private final Shell shell;
  private final Answerers answerers = new Answerers(System::nanoTime);
  private final Method channel;
  private final Method server;
  private final Method handled;

  /** A door beside one Jetty. */
  public JettyServer(Site site) throws ReflectiveOperationException {
    shell = site.shell();
    ClassLoader theirs = site.here().getClassLoader();
    Class<?> request = Class.forName("org.eclipse.jetty.server.Request", false, theirs);
    channel = request.getMethod("getHttpChannel");
    server = channel.getReturnType().getMethod("getServer");
    handled = request.getMethod("setHandled", boolean.class);
  }

  @Override
  public Hooks.@Nullable Passage enter(Object request, Object response, @Nullable Object base)
      throws ReflectiveOperationException {
    Object here = server.invoke(channel.invoke(base));
    if (answerers.of(here, JettyTree::kind) != HandlerKind.ANSWERS) {
      return null;
    }
    Hooks.Passage passage = shell.enterAround(request, response);
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
