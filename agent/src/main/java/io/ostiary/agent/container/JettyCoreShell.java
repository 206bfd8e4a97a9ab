package io.ostiary.agent.container;

import io.ostiary.core.Body;
import io.ostiary.core.ClientLine;
import io.ostiary.core.Decision;
import io.ostiary.core.Guard;
import io.ostiary.core.Header;
import io.ostiary.core.Reason;
import io.ostiary.core.Refusal;
import io.ostiary.core.Waiting;
import io.ostiary.servlet.jakarta.Door;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * The shell of handlers of Jetty 12's core, which have no servlets: it carries the guard's decisions out on Jetty's own requests
 * and responses, before the first of the server's handlers. It holds no state but what it has announced.
 */
final class JettyCoreShell {

  private static final Refusal WITHOUT_WORDS = new Refusal(500, List.of(), new byte[0]);

  /** In place of the voice that tells a call's errors, where they stay as they are. */
  private static final Object WITHOUT_VOICE = true;

  private final Guard guard;
  private final AtomicBoolean announced = new AtomicBoolean();

  JettyCoreShell(Guard guard) {
    this.guard = guard;
  }

  /**
   * Takes a call over that the first door has let in.
   *
   * @param found what that door found
   * @return whether it has been taken, and Jetty has nothing left to do; otherwise it goes on untouched
   */
  boolean takes(
      Server server,
      Decision found,
      JettyCoreCall call,
      Request request,
      Response response,
      Callback callback) {
    announce(server);
    if (found instanceof Decision.Admit admit && admit.leavesUntouched()) {
      return false;
    }
    Entry entry = new Entry(server, found, call, request, response, callback);
    if (server.getInvocationType() == Invocable.InvocationType.BLOCKING) {
      return entry.runs();
    }
    // A handler that never blocks is called by a thread that must not: here it may have to wait for
    // a body or a worker.
    server.getThreadPool().execute(entry);
    return true;
  }

  private void announce(Server server) {
    if (!announced.get() && announced.compareAndSet(false, true)) {
      guard.announcePart(server.getServerInfo() + " handlers without servlets");
    }
  }

  /** One call on its way in. */
  private final class Entry implements Runnable {

    private final Server server;
    private final Decision found;
    private final JettyCoreCall call;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final JettyCoreBody body;
    private final JettyCoreFailure failure = new JettyCoreFailure();
    private @Nullable ClientLine client;

    Entry(
        Server server,
        Decision found,
        JettyCoreCall call,
        Request request,
        Response response,
        Callback callback) {
      this.server = server;
      this.found = found;
      this.call = call;
      this.request = request;
      this.response = response;
      this.callback = callback;
      this.body = new JettyCoreBody(request, call.asksForUpgrade());
    }

    /** On a thread of the pool, where nobody would hear of what is thrown. */
    @Override
    public void run() {
      try {
        if (!runs()) {
          handle(server, request, response, callback);
        }
      } catch (Throwable cause) {
        callback.failed(cause);
      }
    }

    /** Answers whether all has been done; otherwise the call goes on untouched. */
    boolean runs() {
      request.addFailureListener(failure);
      client = guard.heedsClients() ? client() : null;
      Decision decision;
      try {
        decision = judge();
        if (decision instanceof Decision.Wait wait) {
          decision = Waiting.until(guard, wait.call(), client);
          if (decision == null) {
            tellNothing();
            return true;
          }
        }
      } catch (Throwable cause) {
        decision = guard.failure(call, cause);
      }
      if (decision instanceof Decision.Admit admit) {
        return !admit.leavesUntouched() && admit(admit);
      }
      return refuse((Decision.Reject) decision);
    }

    private Decision judge() {
      return found instanceof Decision.Proceed proceed
          ? guard.enter(proceed.arrival(), call, body)
          : found;
    }

    private @Nullable ClientLine client() {
      try {
        return JettyCoreClient.of(request);
      } catch (LinkageError old) {
        // A release that has this under other names: nobody is looked for there.
        return null;
      }
    }

    private void tellNothing() {
      JettyCoreRefusal.setHead(JettyCoreRefusal.CLIENT_GONE, response);
      if (client != null) {
        client.cut();
      }
      response.write(true, null, callback);
    }

    private boolean refuse(Decision.Reject reject) {
      body.letGo();
      if (body.isWaitedFor() || reject.reason() == Reason.TIMED_OUT) {
        JettyCoreRefusal.writeUnheard(reject.refusal(), request, response, callback);
      } else {
        JettyCoreRefusal.write(reject.refusal(), reject.bodyUnread(), request, response, callback);
      }
      return true;
    }

    /** What the app does wrong is Jetty's to see, as an error of its own is: it must not be taken for one of ours. */
    private boolean admit(Decision.Admit admit) {
      JettyCoreExchange exchange;
      JettyCoreRequest seen;
      JettyCoreAnswer answer;
      try {
        mark(admit);
        if (isEmpty(admit.body()) && call.asksForUpgrade()) {
          upgrade(admit);
          return true;
        }
        exchange =
            new JettyCoreExchange(
                request,
                response,
                callback,
                admit,
                client,
                isReadBefore(admit.body()),
                guard.clients());
        seen =
            new JettyCoreRequest(
                request, JettyCoreHead.of(request, admit), admit.body(), body, exchange);
        answer = new JettyCoreAnswer(seen, response, exchange, admit);
        if (admit.body() == null || admit.body().rest() == null) {
          Supplier<Object> servlets = exchange::handOver;
          request.setAttribute(Door.AROUND, servlets);
          request.setAttribute(Door.CLIENT, client);
        }
        exchange.begins(answer, failure);
      } catch (Throwable cause) {
        return fail(admit, cause);
      }
      try {
        handle(server, seen, answer, exchange);
      } finally {
        exchange.handlerHasReturned();
      }
      return true;
    }

    /** Whether the client may be looked for while the app is at work: not where the app itself may be reading just then. */
    private boolean isReadBefore(@Nullable Body read) {
      return read == null ? !call.announcesBody() : read.rest() == null;
    }

    private void mark(Decision.Admit admit) {
      request.removeAttribute(Door.ARRIVAL);
      request.setAttribute(Door.SEEN, admit.errors() == null ? WITHOUT_VOICE : admit.errors());
      request.setAttribute(Door.AROUND, admit.repairsText());
      boolean keyless =
          found instanceof Decision.Proceed proceed
              ? !proceed.arrival().isKeyed()
              : found instanceof Decision.Admit untold && !untold.isFinal();
      if (keyless) {
        // Wherever a handler may send it on to, a servlet's door judges it anew.
        request.setAttribute(Door.KEYLESS, true);
      }
    }

    /** Nothing is wrapped where the connection may stop speaking HTTP, but for what the app is not to see of the head. */
    private void upgrade(Decision.Admit admit) {
      JettyCoreHead head = JettyCoreHead.of(request, admit);
      for (Header header : admit.headers()) {
        response.getHeaders().put(header.name(), header.value());
      }
      Request seen =
          head.isOf(request) ? request : new JettyCoreRequest(request, head, null, body, callback);
      handle(server, seen, response, new JettyCoreRelease(callback, admit.lease()));
    }

    private boolean fail(Decision.Admit admit, Throwable cause) {
      admit.lease().cancel();
      Decision decision = guard.failure(call, cause);
      if (decision instanceof Decision.Reject reject) {
        return refuse(reject);
      }
      // Whatever on-failure says: an app that is called with its body gone would answer something
      // else than it was asked.
      return admit.body() != null
          && refuse(new Decision.Reject(Reason.INTERNAL, WITHOUT_WORDS, false));
    }
  }

  private static boolean isEmpty(@Nullable Body body) {
    return body == null || body.length() == 0;
  }

  /** Calls the server anew, and sees to what they leave undone, as Jetty does. */
  private static void handle(Server server, Request request, Response response, Callback callback) {
    try {
      // It is hooked, and knows by now that the call has been seen.
      if (!server.handle(request, response, callback)) {
        Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      }
    } catch (Throwable thrown) {
      callback.failed(thrown);
    }
  }
}
