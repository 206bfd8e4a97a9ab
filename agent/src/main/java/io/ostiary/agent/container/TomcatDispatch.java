package io.ostiary.agent.container;

import io.ostiary.agent.SecondDoor;
import io.ostiary.agent.Shell;
import io.ostiary.agent.Site;
import io.ostiary.agent.hook.Hooks;
import io.ostiary.core.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The second door of Tomcat: a filter chain is about to begin, with the app's first filter or its servlet. */
public final class TomcatDispatch implements SecondDoor {

  private final Shell shell;
  private final TomcatDrain drain = new TomcatDrain();

  /** A door beside one Tomcat. */
  public TomcatDispatch(Site site) {
    shell = site.shell();
  }

  @Override
  public Hooks.@Nullable Passage enter(Object request, Object response, @Nullable Object more) {
    Hooks.Passage passage = shell.enterOnly(request, response);
    if (passage != null && passage.isRefused()) {
      drain(request);
    }
    return passage;
  }

  @Override
  public void answer(Refusal refusal, Object request, Object response, @Nullable Object more)
      throws IOException {
    shell.answer(refusal, request, response);
    drain(request);
  }

  private void drain(Object request) {
    try {
      drain.drain(TomcatFacade.behind(request));
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError other) {
      // The call is refused, and ends in Tomcat's own way: it may wait for the client that sends.
    }
  }
}
