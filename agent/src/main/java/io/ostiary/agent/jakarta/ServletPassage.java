package io.ostiary.agent.jakarta;

import io.ostiary.agent.hook.Hooks;
import io.ostiary.servlet.jakarta.Passage;
import org.jspecify.annotations.Nullable;

/** A passage of the servlet shell, as the hooks see it. */
final class ServletPassage implements Hooks.Passage {

  private final Passage passage;

  ServletPassage(Passage passage) {
    this.passage = passage;
  }

  @Override
  public boolean isRefused() {
    return passage.isRefused();
  }

  @Override
  public Object request() {
    return passage.request();
  }

  @Override
  public Object response() {
    return passage.response();
  }

  @Override
  public boolean leave(@Nullable Throwable thrown) {
    return passage.leave(thrown);
  }
}
