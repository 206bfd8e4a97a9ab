package io.ostiary.agent.container;

import io.ostiary.agent.FirstDoor;
import io.ostiary.agent.Shell;
import io.ostiary.agent.Site;
import io.ostiary.core.Guard;
import io.ostiary.core.Refusal;
import io.ostiary.servlet.jakarta.Door;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The first door of Jetty 9.4 to 11: a connector hands a request to the server's handlers. Reflective, since the same names
 * are other types in the Jetty it is compiled against.
 */
public final class JettyConnector implements FirstDoor {

  private final Shell shell;
  private final Guard guard;
  private final @Nullable JettyClients clients;
  private final Method request;
  private final Method response;
  private final Method handled;
  private final Method peer;
  private final Method apparent;
  private final Method setAttribute;
  private final Method server;
  private final ToLongFunction<Object> age;
  private volatile @Nullable Object measured;

  /** A door beside one Jetty. */
  public JettyConnector(Site site) throws ReflectiveOperationException {
    shell = site.shell();
    guard = site.guard();
    Class<?> channel =
        Class.forName("org.eclipse.jetty.server.HttpChannel", false, site.here().getClassLoader());
    request = channel.getMethod("getRequest");
    response = channel.getMethod("getResponse");
    peer = channel.getMethod("getRemoteAddress");
    Class<?> type = request.getReturnType();
    handled = type.getMethod("setHandled", boolean.class);
    apparent = type.getMethod("getRemoteInetSocketAddress");
    clients = JettyClients.ifTold(channel);
    server = channel.getMethod("getServer");
    setAttribute = type.getMethod("setAttribute", String.class, Object.class);
    age = age(type);
  }

  /** Jetty 9.4 does not note when a request's first byte came. */
  private static ToLongFunction<Object> age(Class<?> type) {
    try {
      Method began = type.getMethod("getBeginNanoTime");
      return request -> nanosSince(began, request);
    } catch (NoSuchMethodException old) {
      return request -> 0;
    }
  }

  private static long nanosSince(Method began, Object request) {
    try {
      return System.nanoTime() - (long) began.invoke(request);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public boolean refuses(Object channel, Object same, @Nullable Object more)
      throws ReflectiveOperationException {
    Object call = request.invoke(channel);
    tellPeer(channel, call);
    if (shell.refuses(call, response.invoke(channel), age)) {
      return true;
    }
    if (guard.mayWait()) {
      tellThreads(server.invoke(channel));
    }
    if (clients != null && guard.heedsClients()) {
      setAttribute.invoke(call, Door.CLIENT, clients.of(channel));
    }
    return false;
  }

  @Override
  public void answer(Refusal refusal, Object channel, Object same, @Nullable Object more)
      throws Exception {
    shell.answer(refusal, request.invoke(channel), response.invoke(channel));
  }

  /** Or Jetty would answer 404 to what nobody has handled. */
  @Override
  public void finish(Object channel, Object same, @Nullable Object more)
      throws ReflectiveOperationException {
    handled.invoke(request.invoke(channel), true);
  }

  /** Once for a server. */
  private void tellThreads(Object here) throws ReflectiveOperationException {
    if (measured != here) {
      measured = here;
      Object pool = here.getClass().getMethod("getThreadPool").invoke(here);
      try {
        guard.serverHas((int) pool.getClass().getMethod("getMaxThreads").invoke(pool));
      } catch (NoSuchMethodException unlimited) {
        // Then nobody can tell.
      }
    }
  }

  /** Customizers have been at the request: its address may be what a forwarding header said, from whomever. */
  private void tellPeer(Object channel, Object call) throws ReflectiveOperationException {
    Object socket = peer.invoke(channel);
    if (socket instanceof InetSocketAddress address
        && address.getAddress() != null
        && !address.equals(apparent.invoke(call))) {
      setAttribute.invoke(call, Door.PEER, address.getAddress().getHostAddress());
    }
  }
}
