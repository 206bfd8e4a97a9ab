package io.ostiary.tests.fuzz;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A model app that reads the model in every way it can think of, wherever the path says that one may be, and answers with all
 * that it found. A body is read by the way that the header {@code X-Read} names.
 */
final class ModelServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String places = request.getServletPath().substring(1);
    List<Sighting> seen = new ArrayList<>();
    if (places.contains("json")) {
      body(request, seen);
    }
    if (places.contains("form")) {
      parameters(request, "form", seen);
      parts(request, seen);
    }
    if (places.contains("query")) {
      parameters(request, "query", seen);
    }
    if (places.contains("header")) {
      for (String line : Collections.list(request.getHeaders("X-Model"))) {
        seen.add(Sighting.of("header", () -> line));
      }
    }
    byte[] answer = Sighting.write(seen);
    response.setContentType("text/plain;charset=utf-8");
    response.setHeader("X-App", "seen");
    response.setContentLength(answer.length);
    response.getOutputStream().write(answer);
  }

  private static void body(HttpServletRequest request, List<Sighting> seen) throws IOException {
    if ("reader".equals(request.getHeader("X-Read"))) {
      StringBuilder text = new StringBuilder();
      try {
        char[] some = new char[512];
        for (int n = request.getReader().read(some); n >= 0; n = request.getReader().read(some)) {
          text.append(some, 0, n);
        }
      } catch (IOException | IllegalArgumentException unreadable) {
        seen.add(new Sighting("reader", Sighting.Kind.FAILED, ""));
        return;
      }
      seen.addAll(JsonReaders.ofText(text.toString()));
      return;
    }
    byte[] bytes = request.getInputStream().readAllBytes();
    seen.addAll(JsonReaders.ofBytes(bytes));
    String coding = request.getHeader("Content-Encoding");
    if (coding == null) {
      return;
    }
    try {
      seen.addAll(JsonReaders.ofBytes(Content.of(bytes, coding)));
    } catch (IOException broken) {
      seen.add(new Sighting("unpacked", Sighting.Kind.FAILED, ""));
    }
  }

  private static void parameters(HttpServletRequest request, String place, List<Sighting> seen) {
    seen.add(Sighting.of(place + "-parameter", () -> request.getParameter("model")));
    String[] values = values(request);
    for (String value : values) {
      seen.add(Sighting.of(place + "-value", () -> value));
    }
  }

  private static String[] values(HttpServletRequest request) {
    try {
      String[] values = request.getParameterValues("model");
      return values == null ? new String[0] : values;
    } catch (RuntimeException malformed) {
      return new String[0];
    }
  }

  private static void parts(HttpServletRequest request, List<Sighting> seen) {
    String type = request.getContentType();
    if (type == null || !type.regionMatches(true, 0, "multipart/", 0, 10)) {
      return;
    }
    try {
      for (Part part : request.getParts()) {
        if (part.getName().equals("model")) {
          byte[] bytes = part.getInputStream().readAllBytes();
          seen.add(Sighting.of("part", () -> new String(bytes, StandardCharsets.UTF_8)));
        }
      }
    } catch (Exception malformed) {
      seen.add(new Sighting("part", Sighting.Kind.FAILED, ""));
    }
  }
}
