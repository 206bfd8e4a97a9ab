package example.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET …/models}: what can be asked for here. */
final class ModelsServlet extends HttpServlet {

  private final transient Models models;

  ModelsServlet(Models models) {
    this.models = models;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ObjectNode body = Json.MAPPER.createObjectNode().put("object", "list");
    ArrayNode data = body.putArray("data");
    for (String name : models.names()) {
      data.addObject().put("id", name).put("object", "model").put("owned_by", "sample");
    }
    Json.write(response, body);
  }
}
