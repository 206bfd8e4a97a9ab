package io.ostiary.agent.container;

import io.ostiary.agent.FirstDoor;
import io.ostiary.agent.Site;
import io.ostiary.core.Decision;
import io.ostiary.core.Guard;
import io.ostiary.core.Refusal;
import io.ostiary.servlet.jakarta.Door;
import java.util.Objects;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.eclipse.jetty.util.thread.ThreadPoolBudget;
import org.jspecify.annotations.Nullable;

/**
 * The first door of Jetty 12: a connector hands a request to the server's handlers, whatever they are. Where servlets alone
 * answer, what it finds travels in a request attribute to their own door; elsewhere the call is taken over here, whole.
 */
public final class JettyCoreConnector implements FirstDoor {

  private final Guard guard;
  private final JettyCoreShell shell;
  private final Answerers answerers = new Answerers(System::nanoTime);
  private volatile @Nullable Server measured;

  /** A door beside one Jetty. */
  public JettyCoreConnector(Site site) {
    guard = site.guard();
    shell = new JettyCoreShell(guard);
  }

  @Override
  public boolean refuses(Object request, Object response, @Nullable Object callback)
      throws ReflectiveOperationException {
    return refuses(
        (Request) request, (Response) response, (Callback) Objects.requireNonNull(callback));
  }

  @Override
  public void answer(Refusal refusal, Object request, Object response, @Nullable Object callback) {
    Response answer = (Response) response;
    answer.reset();
    JettyCoreRefusal.write(
        refusal, true, (Request) request, answer, (Callback) Objects.requireNonNull(callback));
  }

  @Override
  public void finish(Object request, Object response, @Nullable Object callback) {
    // The callback has done it.
  }

  private boolean refuses(Request request, Response response, Callback callback)
      throws ReflectiveOperationException {
    if (request.getAttribute(Door.ARRIVAL) != null || request.getAttribute(Door.SEEN) != null) {
      // By way of a server of the app's own kind, or of the shell.
      return false;
    }
    JettyCoreCall call = new JettyCoreCall(request);
    Decision decision = guard.arrive(call);
    if (decision instanceof Decision.Reject reject) {
      JettyCoreRefusal.write(reject.refusal(), reject.bodyUnread(), request, response, callback);
      return true;
    }
    if (call.hidesPeer()) {
      request.setAttribute(Door.PEER, call.peer());
    }
    request.setAttribute(Door.ARRIVAL, decision);
    Server server = request.getConnectionMetaData().getConnector().getServer();
    if (guard.mayWait()) {
      tellThreads(server);
    }
    // Servlets alone have a door of their own.
    if (answerers.of(server, JettyHandlers::kind) != HandlerKind.SERVLETS) {
      return shell.takes(server, decision, call, request, response, callback);
    }
    if (guard.heedsClients()) {
      tellClient(request);
    }
    return false;
  }

  private static void tellClient(Request request) {
    try {
      request.setAttribute(Door.CLIENT, JettyCoreClient.of(request));
    } catch (LinkageError old) {
      // A release that has this under other names: nobody is looked for there.
    }
  }

  /** Once for a server; one whose calls have virtual threads has as many as it likes. */
  private void tellThreads(Server server) {
    if (measured != server) {
      measured = server;
      ThreadPool pool = server.getThreadPool();
      boolean virtual =
          pool instanceof VirtualThreads.Configurable threads
              && threads.getVirtualThreadsExecutor() != null;
      if (!virtual && pool instanceof ThreadPool.SizedThreadPool threads) {
        ThreadPoolBudget budget = threads.getThreadPoolBudget();
        guard.serverHas(threads.getMaxThreads() - (budget == null ? 0 : budget.getLeasedThreads()));
      }
    }
  }
}
