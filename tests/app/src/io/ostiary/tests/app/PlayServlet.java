package io.ostiary.tests.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A model that plays the answer that the request brings along ({@link Play}), by the way of {@code X-Via}, and ends as
 * {@code X-Then} says.
 */
public final class PlayServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.INCLUDE) {
      response.sendError(502);
      return;
    }
    Play play = new Play(request);
    head(play, response);
    if (play.header("X-Reads", null) != null) {
      play.readBody();
    }
    String via = play.header("X-Via", "stream");
    switch (via) {
      case "thread":
        later(play, request, "stream");
        return;
      case "thread-writer":
        later(play, request, "writer");
        return;
      case "thread-given":
        later(play, request, request.startAsync(request, response), "stream");
        return;
      case "cycles":
        if (!goesOn(request)) {
          play.into(Sink.of(response, "stream"));
          play.over();
          end(play, request, response, true);
        }
        return;
      case "silence":
        Silence.keep(play, request);
        return;
      case "thrown":
        request.startAsync();
        throw new IllegalStateException("the app began an asynchronous call and fails");
      case "reader":
        FailingReader.read(play, request);
        return;
      case "listener":
        PlayListener.play(play, request);
        return;
      default:
        boolean taken = play.into(Sink.of(response, via));
        play.over();
        end(play, request, response, taken);
    }
  }

  private static void head(Play play, HttpServletResponse response) throws IOException {
    response.setStatus(Integer.parseInt(play.header("X-Status", "200")));
    if (play.header("X-Reset", null) != null) {
      response.setHeader("X-Lost", "yes");
      response.reset();
    }
    cors(response, play.header("X-Cors", ""));
    response.setContentType(play.header("X-Type", "text/event-stream"));
    if (play.header("X-Gzip", null) != null) {
      response.setHeader("Content-Encoding", "gzip");
    }
    if (play.header("X-Head-First", null) != null) {
      response.flushBuffer();
    }
  }

  /** Says who may read the answer, by letters: o for the origin, e and E for headers set and added. */
  private static void cors(HttpServletResponse response, String how) {
    for (char each : how.toCharArray()) {
      if (each == 'o') {
        response.setHeader("Access-Control-Allow-Origin", "https://app.example");
      } else if (each == 'e') {
        response.setHeader("Access-Control-Expose-Headers", "X-Mine");
      } else {
        response.addHeader("access-control-expose-headers", "X-Mine");
      }
    }
  }

  /** The first piece once more, by whichever way the others went. */
  private static void again(Play play, HttpServletResponse response) throws IOException {
    response.setContentType(play.header("X-Type", "text/event-stream"));
    Sink.of(response, play.header("X-Via", "stream")).write(play.piece(0));
  }

  /** Goes asynchronous twice, and is dispatched again from a thread of its own, before it answers. */
  private static boolean goesOn(HttpServletRequest request) {
    int cycle = request.getAttribute("cycle") instanceof Integer before ? before : 0;
    if (cycle == 2) {
      return false;
    }
    request.setAttribute("cycle", cycle + 1);
    AsyncContext context = request.startAsync();
    Thread thread = new Thread(context::dispatch);
    thread.setDaemon(true);
    thread.start();
    return true;
  }

  private static void later(Play play, HttpServletRequest request, String way) {
    later(play, request, request.startAsync(), way);
  }

  private static void later(
      Play play, HttpServletRequest request, AsyncContext context, String way) {
    String then = play.header("X-Then", "return");
    context.setTimeout(then.equals("hang") ? 300 : then.equals("never") ? 0 : 30_000);
    Thread thread =
        new Thread(
            () -> {
              try {
                play.into(Sink.of((HttpServletResponse) context.getResponse(), way));
                if (!then.equals("hang") && !then.equals("never")) {
                  context.complete();
                }
              } catch (IOException | IllegalStateException ended) {
                // The container has ended the call before the app did.
              } finally {
                play.over();
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void end(
      Play play, HttpServletRequest request, HttpServletResponse response, boolean taken)
      throws IOException, ServletException {
    switch (play.header("X-Then", "return")) {
      case "return":
        return;
      case "status":
        response.setStatus(500);
        return;
      case "reset":
        response.reset();
        again(play, response);
        return;
      case "reset-in-vain":
        try {
          response.reset();
        } catch (IllegalStateException committed) {
          again(play, response);
        }
        return;
      case "reset-buffer":
        response.resetBuffer();
        again(play, response);
        return;
      case "forward":
        request.getRequestDispatcher("/play/error-page").forward(request, response);
        return;
      case "include":
        request.getRequestDispatcher("/play/included").include(request, response);
        return;
      case "throw":
        throw new ServletException("as it was asked to");
      case "throw-if-stopped":
        if (!taken) {
          throw new IOException("as it was asked to");
        }
        return;
      case "model-failure":
        throw new ModelFailure();
      case "fail":
        throw new AssertionError("as it was asked to");
      case "send-error":
        response.sendError(502);
        return;
      default:
        throw new ServletException("no such end");
    }
  }
}
