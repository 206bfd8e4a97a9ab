package io.ostiary.tests.app;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells in lines what an app can find out about the head of a request, by whichever accessor; also as the page for errors. */
public final class HeadServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final List<String> ASKED =
      List.of("Authorization", "x-api-key", "API-KEY", "X-Ostiary-Key", "x-ostiary-key");

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if ("/fail".equals(request.getPathInfo())) {
      response.sendError(502);
      return;
    }
    String forward = request.getHeader("X-Forward");
    if (forward != null && request.getDispatcherType() == DispatcherType.REQUEST) {
      request.getRequestDispatcher(forward).forward(request, response);
      return;
    }
    StringBuilder seen = new StringBuilder();
    for (String name : Collections.list(request.getHeaderNames())) {
      seen.append("name ").append(name.toLowerCase(java.util.Locale.ROOT)).append('\n');
    }
    for (String name : ASKED) {
      seen.append(name).append('=').append(request.getHeader(name)).append('\n');
      seen.append(name).append('s').append('=').append(Collections.list(request.getHeaders(name)));
      seen.append('\n');
    }
    seen.append("query=").append(request.getQueryString()).append('\n');
    Map<String, String[]> parameters = new TreeMap<>(request.getParameterMap());
    parameters.forEach(
        (name, values) -> {
          seen.append("map ").append(name).append('=').append(Arrays.toString(values)).append('\n');
          seen.append("one ")
              .append(name)
              .append('=')
              .append(request.getParameter(name))
              .append('\n');
        });
    seen.append("names=").append(Collections.list(request.getParameterNames())).append('\n');
    seen.append("api_key=").append(request.getParameter("api_key")).append('\n');
    response.setContentType("text/plain");
    response.getWriter().print(seen);
  }
}
