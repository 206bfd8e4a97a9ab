package example.chat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;

/** {@code POST …/tokenize}: the tokens of {@code text} as plain text, one a line. */
final class TokenizeServlet extends HttpServlet {

  private final transient Models models;

  TokenizeServlet(Models models) {
    this.models = models;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      JsonNode text = Json.read(request).path("text");
      if (!text.isTextual()) {
        throw ApiException.missing("text");
      }
      response.setContentType("text/plain");
      PrintWriter out = response.getWriter();
      models.tokenizer().encode(text.asText()).forEach(token -> out.print(token + "\n"));
    } catch (ApiException e) {
      Json.write(response, e);
    }
  }
}
