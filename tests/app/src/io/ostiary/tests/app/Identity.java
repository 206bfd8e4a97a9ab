package io.ostiary.tests.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Asks who is calling, from a thread of its own while the call is asynchronous. */
final class Identity {

  private Identity() {}

  /** Of the request that the servlet was given, or of the one that the context gives. */
  static void tell(HttpServletRequest request, boolean ofContext) {
    AsyncContext context = request.startAsync();
    HttpServletRequest asked = ofContext ? (HttpServletRequest) context.getRequest() : request;
    new Thread(() -> answer(context, asked), "identity").start();
  }

  private static void answer(AsyncContext context, HttpServletRequest request) {
    try {
      List<String> said = new ArrayList<>();
      said.add("before " + who(request));
      said.add("a wrong password: " + thrown(() -> request.login("ann", "wrong")));
      said.add("a right one: " + thrown(() -> request.login("ann", "secret")));
      said.add("after " + who(request));
      said.add("twice: " + thrown(() -> request.login("ann", "secret")));
      HttpSession session = request.getSession();
      session.setAttribute("mine", "kept");
      String first = session.getId();
      String second = request.changeSessionId();
      said.add("changed " + !first.equals(second));
      said.add("same " + second.equals(request.getSession(false).getId()));
      said.add("mine " + request.getSession(false).getAttribute("mine"));
      said.add("logout " + thrown(request::logout));
      said.add("at last " + who(request));
      context.getResponse().setContentType("text/plain;charset=UTF-8");
      OutputStream out = context.getResponse().getOutputStream();
      out.write(String.join("\n", said).getBytes(StandardCharsets.UTF_8));
    } catch (Exception failed) {
      fail(context, failed);
    }
    context.complete();
  }

  private static void fail(AsyncContext context, Exception failed) {
    try {
      context.getResponse().getOutputStream().print("failed: " + failed);
    } catch (IOException gone) {
      throw new IllegalStateException(gone);
    }
  }

  private static String who(HttpServletRequest request) {
    String name = request.getUserPrincipal() == null ? null : request.getUserPrincipal().getName();
    return name + " " + request.getRemoteUser() + " " + request.isUserInRole("reader");
  }

  private static String thrown(Buffering.Step step) {
    try {
      step.run();
      return "done";
    } catch (Exception thrown) {
      return thrown.getClass().getSimpleName();
    }
  }
}
