package example.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jpmml.evaluator.EvaluationException;

/** {@code POST /score}: the score of one record, or of each in a list. */
public final class ScoreServlet extends HttpServlet {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> RECORD = new TypeReference<>() {};

  private final transient RiskModel model = RiskModel.load();

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      write(response, score(MAPPER.readTree(request.getInputStream())));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      response.setStatus(400);
      write(response, Map.of("error", "expected a JSON object, or an array of them"));
    } catch (EvaluationException e) {
      response.setStatus(400);
      write(response, Map.of("error", String.valueOf(e.getMessage())));
    }
  }

  private Object score(JsonNode body) {
    if (!body.isArray()) {
      return scoreOne(body);
    }
    List<Object> scores = new ArrayList<>();
    body.forEach(record -> scores.add(scoreOne(record)));
    return scores;
  }

  private Map<String, ?> scoreOne(JsonNode record) {
    if (!record.isObject()) {
      throw new IllegalArgumentException("a record is an object");
    }
    return model.score(MAPPER.convertValue(record, RECORD));
  }

  private static void write(HttpServletResponse response, Object body) throws IOException {
    response.setContentType("application/json");
    MAPPER.writeValue(response.getWriter(), body);
  }
}
