package io.ostiary.agent.container;

import io.ostiary.agent.FirstDoor;
import io.ostiary.agent.Shell;
import io.ostiary.agent.Site;
import io.ostiary.core.ClientLine;
import io.ostiary.core.Guard;
import io.ostiary.core.Refusal;
import io.ostiary.servlet.jakarta.Door;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.apache.catalina.Container;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardThreadExecutor;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The first door of Tomcat: its connector has read a request's head, and no valve has seen it. Compiled against Tomcat 9, it
 * calls nothing that has a servlet type in its descriptor, so that it links with the jakarta releases too.
 */
public final class TomcatConnector implements FirstDoor {

  private static final ToLongFunction<Object> AGE = TomcatConnector::nanosSinceFirstByte;

  /** What is longer ago is no time between two bytes of a head, but a clock that was set. */
  private static final long OLDEST = TimeUnit.MINUTES.toMillis(2);

  private final Shell shell;
  private final Guard guard;
  private final TomcatDrain drain = new TomcatDrain();
  private final TomcatClients clients = new TomcatClients();
  private volatile @Nullable Connector measured;

  /** A door beside one Tomcat. */
  public TomcatConnector(Site site) {
    shell = site.shell();
    guard = site.guard();
  }

  @Override
  public boolean refuses(Object request, Object response, @Nullable Object more) {
    // After an error of its own, a malformed request for one, Tomcat goes on only to render that
    // error.
    if (((Response) response).isError()) {
      return false;
    }
    if (shell.refuses(request, response, AGE)) {
      return true;
    }
    if (guard.heedsClients()) {
      tell((Request) request);
    }
    return false;
  }

  /** Tomcat notes the time of day at a request's first byte. */
  private static long nanosSinceFirstByte(Object request) {
    long millis =
        System.currentTimeMillis() - ((Request) request).getCoyoteRequest().getStartTime();
    return millis > OLDEST ? 0 : TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private void tell(Request request) {
    try {
      if (guard.mayWait()) {
        tellThreads(request.getConnector());
      }
      tellClient(request);
    } catch (LinkageError old) {
      // A release that has this under other names: nobody is looked for there.
    }
  }

  /** Once for a connector, most commonly the only one. */
  private void tellThreads(Connector connector) {
    if (measured != connector) {
      measured = connector;
      Executor pool = connector.getProtocolHandler().getExecutor();
      if (pool instanceof ThreadPoolExecutor threads) {
        guard.serverHas(threads.getMaximumPoolSize());
      } else if (pool instanceof StandardThreadExecutor threads) {
        guard.serverHas(threads.getMaxThreads());
      }
    }
  }

  private void tellClient(Request request) {
    ClientLine line = clients.of(request);
    if (line != null) {
      request.setAttribute(Door.CLIENT, line);
    }
  }

  @Override
  public void answer(Refusal refusal, Object request, Object response, @Nullable Object more)
      throws IOException {
    shell.answer(refusal, request, response);
  }

  @Override
  public void finish(Object request, Object response, @Nullable Object more) throws IOException {
    finish((Request) request, (Response) response);
  }

  private void finish(Request request, Response response) throws IOException {
    response.flushBuffer();
    drain.drain(request.getCoyoteRequest());
    response.finishResponse();
    // Tomcat logs only what it has given to its pipeline; for its own early exits it writes a time
    // of 0, as here.
    containerOf(request).logAccess(request, response, 0, true);
  }

  private static Container containerOf(Request request) {
    if (request.getContext() != null) {
      return request.getContext();
    }
    return request.getHost() != null
        ? request.getHost()
        : request.getConnector().getService().getContainer();
  }
}
