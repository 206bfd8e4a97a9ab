package io.ostiary.tests.app;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Answers in JSON what has been read, in the way and with the usage that the request's headers ask for. */
final class Answering {

  private Answering() {}

  static void with(HttpServletRequest request, HttpServletResponse response, byte[] read)
      throws IOException {
    String usage = request.getHeader("X-Usage");
    String json =
        "{\"length\":"
            + read.length
            + ",\"sha256\":\""
            + sha256(read)
            + "\",\"text\":\"你好🙂\""
            + (usage == null ? "" : ",\"usage\":{\"total_tokens\":" + usage + "}")
            + "}";
    response.setContentType("application/json");
    response.setHeader("X-Request-Class", request.getClass().getName());
    response.setHeader("X-Response-Class", response.getClass().getName());
    String way = request.getHeader("X-Write");
    if ("writer".equals(way)) {
      response.getWriter().print(json);
    } else if ("charwise".equals(way)) {
      for (int i = 0; i < json.length(); i++) {
        response.getWriter().write(json.charAt(i));
      }
      response.getWriter().println();
    } else {
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      response.setContentLength(bytes.length);
      response.getOutputStream().write(bytes);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
