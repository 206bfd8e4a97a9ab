package io.ostiary.agent.jakarta;

import io.ostiary.agent.Contexts;
import io.ostiary.agent.Shell;
import io.ostiary.agent.hook.Hooks;
import io.ostiary.core.Guard;
import io.ostiary.core.Header;
import io.ostiary.core.Refusal;
import io.ostiary.servlet.jakarta.Door;
import io.ostiary.servlet.jakarta.Passage;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The servlet shell of one servlet API. */
public final class ServletShell implements Shell {

  private final Door door;
  private final Contexts contexts;

  /** A shell for the one guard of the JVM. */
  public ServletShell(Guard guard, Contexts contexts) {
    this.door = new Door(guard, true);
    this.contexts = contexts;
  }

  @Override
  public boolean refuses(Object request, Object response, ToLongFunction<Object> age) {
    return door.refuses((HttpServletRequest) request, (HttpServletResponse) response, age);
  }

  @Override
  public Hooks.@Nullable Passage enter(Object request, Object response) {
    return lingering(pass(request, response));
  }

  @Override
  public Hooks.@Nullable Passage enterOnly(Object request, Object response) {
    return hooked(pass(request, response));
  }

  private @Nullable Passage pass(Object request, Object response) {
    HttpServletRequest call = (HttpServletRequest) request;
    meet(call.getServletContext());
    return door.enter(call, (HttpServletResponse) response);
  }

  @Override
  public Hooks.@Nullable Passage enterAround(Object request, Object response) {
    return lingering(
        door.enterAround((HttpServletRequest) request, (HttpServletResponse) response));
  }

  private static Hooks.@Nullable Passage lingering(@Nullable Passage passage) {
    if (passage != null) {
      passage.linger();
    }
    return hooked(passage);
  }

  private static Hooks.@Nullable Passage hooked(@Nullable Passage passage) {
    return passage == null ? null : new ServletPassage(passage);
  }

  @Override
  public boolean answers(Object request, Object response) throws IOException {
    return door.answers((HttpServletRequest) request, (HttpServletResponse) response);
  }

  @Override
  public void isDoneWith(Object request) {
    door.isDoneWith((HttpServletRequest) request);
  }

  @Override
  public void answer(Refusal refusal, Object request, Object response) throws IOException {
    HttpServletResponse answer = (HttpServletResponse) response;
    answer.reset();
    answer.setStatus(refusal.status());
    for (Header header : refusal.headers()) {
      answer.setHeader(header.name(), header.value());
    }
    answer.setHeader("Connection", "close");
    answer.setContentLength(refusal.body().length);
    answer.getOutputStream().write(refusal.body());
  }

  private void meet(@Nullable ServletContext context) {
    if (context != null && !contexts.knows(context)) {
      contexts.meet(
          context,
          context.getServerInfo(),
          String.valueOf(context.getVirtualServerName()),
          context.getContextPath());
    }
  }
}
