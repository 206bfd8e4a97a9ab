package example.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Reads requests and writes answers as JSON. */
final class Json {

  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** The JSON object that a request carries. */
  static JsonNode read(HttpServletRequest request) throws IOException, ApiException {
    try {
      JsonNode body = MAPPER.readTree(request.getInputStream());
      if (!body.isObject()) {
        throw ApiException.notJson();
      }
      return body;
    } catch (JsonProcessingException e) {
      throw ApiException.notJson();
    }
  }

  static void write(HttpServletResponse response, JsonNode body) throws IOException {
    response.setContentType("application/json");
    MAPPER.writeValue(response.getWriter(), body);
  }

  static void write(HttpServletResponse response, ApiException e) throws IOException {
    response.setStatus(e.status());
    write(response, e.body());
  }
}
