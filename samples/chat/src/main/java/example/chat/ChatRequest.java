package example.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A request for a chat completion, checked.
 *
 * @param maxTokens the most tokens that each answer may have, 1 to 4096
 * @param temperature 0 to 2
 * @param choices how many answers are wanted, 1 to 8
 */
record ChatRequest(
    String model,
    List<Message> messages,
    boolean stream,
    boolean includeUsage,
    int maxTokens,
    double temperature,
    int choices,
    long seed) {

  /** One turn of the conversation. */
  record Message(String role, String content) {}

  static ChatRequest read(JsonNode body) throws ApiException {
    String limit = body.has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
    return new ChatRequest(
        text(body, "model", "model"),
        messages(body),
        flag(body, "stream"),
        flag(body.path("stream_options"), "include_usage"),
        (int) integer(body, limit, 1, 4096, 512),
        number(body, "temperature", 0, 2, 1),
        (int) integer(body, "n", 1, 8, 1),
        integer(body, "seed", Long.MIN_VALUE, Long.MAX_VALUE, 0));
  }

  /** What was asked last. */
  String question() {
    return messages.get(messages.size() - 1).content();
  }

  /** The whole conversation as the model is given it. */
  String prompt() {
    StringBuilder prompt = new StringBuilder();
    for (Message message : messages) {
      prompt.append(message.role()).append(": ").append(message.content()).append('\n');
    }
    return prompt.append("assistant:").toString();
  }

  private static List<Message> messages(JsonNode body) throws ApiException {
    JsonNode list = body.path("messages");
    if (list.isMissingNode()) {
      throw ApiException.missing("messages");
    }
    if (!list.isArray() || list.isEmpty()) {
      throw ApiException.invalid("messages", "an array with at least one message");
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : list) {
      String where = "messages[" + messages.size() + "].";
      messages.add(new Message(text(message, "role", where + "role"), content(message, where)));
    }
    return messages;
  }

  /** Plain text, or the text parts of a list of parts. */
  private static String content(JsonNode message, String where) throws ApiException {
    JsonNode content = message.path("content");
    if (!content.isArray()) {
      return text(message, "content", where + "content");
    }
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asText()));
    return text.toString();
  }

  private static String text(JsonNode object, String name, String param) throws ApiException {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw ApiException.missing(param);
    }
    if (!value.isTextual()) {
      throw ApiException.invalid(param, "a string");
    }
    return value.asText();
  }

  private static boolean flag(JsonNode object, String name) throws ApiException {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      throw ApiException.invalid(name, "true or false");
    }
    return value.asBoolean();
  }

  private static long integer(JsonNode body, String name, long least, long most, long otherwise)
      throws ApiException {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.canConvertToLong()
        || !value.isIntegralNumber()
        || value.asLong() < least
        || value.asLong() > most) {
      throw ApiException.invalid(name, "an integer from " + least + " to " + most);
    }
    return value.asLong();
  }

  private static double number(
      JsonNode body, String name, double least, double most, double otherwise) throws ApiException {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isNumber() || !(value.asDouble() >= least && value.asDouble() <= most)) {
      throw ApiException.invalid(name, "a number from " + least + " to " + most);
    }
    return value.asDouble();
  }
}
