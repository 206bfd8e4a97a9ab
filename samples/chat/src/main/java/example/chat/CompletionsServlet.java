package example.chat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;

/** {@code POST …/chat/completions}: the answer as one JSON document, or as a stream of events. */
final class CompletionsServlet extends HttpServlet {

  private final transient Models models;

  CompletionsServlet(Models models) {
    this.models = models;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      ChatRequest asked = ChatRequest.read(Json.read(request));
      LanguageModel model = models.find(asked.model());
      if (model == null) {
        throw ApiException.noSuchModel(asked.model());
      }
      Completion completion = new Completion(asked, model, models.tokenizer());
      if (asked.stream()) {
        stream(completion, response);
      } else {
        Json.write(response, completion.document());
      }
    } catch (ApiException e) {
      Json.write(response, e);
    }
  }

  private static void stream(Completion completion, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/event-stream");
    response.setHeader("Cache-Control", "no-cache");
    PrintWriter out = response.getWriter();
    completion.stream(
        event -> {
          out.write("data: " + event + "\n\n");
          // Flushes, and tells whether anybody is still listening.
          return !out.checkError();
        });
  }
}
