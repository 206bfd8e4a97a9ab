package io.ostiary.agent;

import io.ostiary.agent.hook.Hooks;
import io.ostiary.core.Decision;
import io.ostiary.core.Guard;
import io.ostiary.core.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Leads what the hooks catch to the door that stands beside that container, and answers for the doors: whatever fails in one
 * becomes what {@code on-failure} says. Doors are kept by the hooked class, so that a container that goes takes its own along.
 */
final class Gate implements Hooks.Doors {

  private final Guard guard;
  private final Weaver weaver;
  private final Console console;
  private final Shells shells;
  private final Consumer<Class<?>> servers;
  private final ClassValue<Object> doors =
      new ClassValue<>() {
        @Override
        protected Object computeValue(Class<?> here) {
          return door(here);
        }
      };

  /**
   * A gate for one guard.
   *
   * @param servers is shown the class of each server that is about to start
   */
  Gate(Guard guard, Weaver weaver, Consumer<Class<?>> servers, Console console) {
    this.servers = servers;
    this.guard = guard;
    this.weaver = weaver;
    this.console = console;
    this.shells = new Shells(guard);
  }

  @Override
  public boolean refuses(Class<?> here, Object request, Object response, @Nullable Object more) {
    FirstDoor door = null;
    try {
      door = (FirstDoor) doors.get(here);
      if (!door.refuses(request, response, more)) {
        return false;
      }
    } catch (Throwable cause) {
      Refusal refusal = refusal(cause);
      if (refusal == null) {
        return false;
      }
      if (door == null) {
        throw closed(cause);
      }
      try {
        door.answer(refusal, request, response, more);
      } catch (Throwable again) {
        throw closed(again);
      }
    }
    finish(door, request, response, more);
    return true;
  }

  @Override
  public Hooks.@Nullable Passage enter(
      Class<?> here, Object request, Object response, @Nullable Object more) {
    SecondDoor door = null;
    try {
      door = (SecondDoor) doors.get(here);
      return door.enter(request, response, more);
    } catch (Throwable cause) {
      Refusal refusal = refusal(cause);
      if (refusal == null) {
        return null;
      }
      if (door == null) {
        throw closed(cause);
      }
      try {
        door.answer(refusal, request, response, more);
      } catch (Throwable again) {
        throw closed(again);
      }
      return Refused.PASSAGE;
    }
  }

  /** An error that we fail on is left to the server: the call was judged long ago, and nothing more is let through by it. */
  @Override
  public boolean answers(Class<?> here, Object request, Object response, @Nullable Object more) {
    try {
      return ((ThirdDoor) doors.get(here)).answers(request, response, more);
    } catch (IOException gone) {
      return true;
    } catch (Throwable cause) {
      console.error("the guard failed on an error of the server and left it as it is", cause);
      return false;
    }
  }

  @Override
  public @Nullable ByteBuffer tells(Class<?> here, int status, Object fields) {
    try {
      return ((UnreadDoor) doors.get(here)).tells(status, fields);
    } catch (Throwable cause) {
      console.error("the guard failed on an error of the server and left it as it is", cause);
      return null;
    }
  }

  @Override
  public void starts(Object server) {
    servers.accept(server.getClass());
  }

  @Override
  public void isDoneWith(Class<?> here, Object request) {
    try {
      ((LastDoor) doors.get(here)).isDoneWith(request);
    } catch (Throwable cause) {
      console.error("the guard failed on a call that the server is done with", cause);
    }
  }

  @Override
  public void stops() {
    try {
      if (!guard.drain()) {
        console.warn("the server is stopped while calls still run: service.drain is over");
      }
    } catch (Throwable cause) {
      console.error("the server is stopped without waiting for calls that run", cause);
    }
  }

  @Override
  public void stopped() {
    guard.goOn();
  }

  private Object door(Class<?> here) {
    Hook hook = Objects.requireNonNull(weaver.hookOf(here), here::getName);
    try {
      return new BesideLoader(here.getClassLoader(), Hook.DOORS)
          .loadClass(hook.doorType())
          .getConstructor(Site.class)
          .newInstance(new Site(here, guard, shells));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no door can stand beside " + here, e);
    }
  }

  /** What {@code on-failure} says of a call that a door failed on: the refusal, or {@code null} to let it pass. */
  private @Nullable Refusal refusal(Throwable cause) {
    Decision decision = guard.failure(new UnknownCall("/"), cause);
    return decision instanceof Decision.Reject reject ? reject.refusal() : null;
  }

  private void finish(FirstDoor door, Object request, Object response, @Nullable Object more) {
    try {
      door.finish(request, response, more);
    } catch (Throwable cause) {
      // The refusal is written; the container ends the call in its own way.
      console.error("a refused call was not ended well", cause);
    }
  }

  /** Thrown at the container, which answers it with 500: there is no other way left to refuse. */
  private IllegalStateException closed(Throwable cause) {
    return new IllegalStateException("ostiary: the guard failed, and the call is refused", cause);
  }

  /** A call that the shell could not refuse by itself. */
  private enum Refused implements Hooks.Passage {
    PASSAGE;

    @Override
    public boolean isRefused() {
      return true;
    }

    @Override
    public Object request() {
      throw new IllegalStateException();
    }

    @Override
    public Object response() {
      throw new IllegalStateException();
    }

    @Override
    public boolean leave(@Nullable Throwable thrown) {
      return false;
    }
  }
}
