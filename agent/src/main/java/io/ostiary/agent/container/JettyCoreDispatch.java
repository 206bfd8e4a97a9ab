package io.ostiary.agent.container;

import io.ostiary.agent.SecondDoor;
import io.ostiary.agent.Shell;
import io.ostiary.agent.Site;
import io.ostiary.agent.hook.Hooks;
import io.ostiary.core.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The second door of Jetty 12 with servlets of its own core (ee10, ee11): the one way to a mapped servlet and its filters. */
public final class JettyCoreDispatch implements SecondDoor {

  private final Shell shell;

  /** A door beside one servlet environment. */
  public JettyCoreDispatch(Site site) {
    shell = site.shell();
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
