package example.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The answers to one request and the tokens that they took, in either of OpenAI's two shapes. */
final class Completion {

  private final ChatRequest asked;
  private final LanguageModel model;
  private final String id = "chatcmpl-" + UUID.randomUUID();
  private final long created = Instant.now().getEpochSecond();
  private final String prompt;
  private final int promptTokens;
  private int writtenTokens;

  Completion(ChatRequest asked, LanguageModel model, Tokenizer tokenizer) {
    this.asked = asked;
    this.model = model;
    this.prompt = asked.prompt();
    this.promptTokens = tokenizer.encode(prompt).size();
  }

  /** All answers in one document. */
  ObjectNode document() {
    ObjectNode document = head("chat.completion");
    ArrayNode choices = document.putArray("choices");
    for (int index = 0; index < asked.choices(); index++) {
      Generation answer = answer(index);
      StringBuilder text = new StringBuilder();
      while (answer.hasNext()) {
        text.append(answer.next());
      }
      writtenTokens += answer.written();
      ObjectNode choice = choices.addObject().put("index", index);
      choice.putObject("message").put("role", "assistant").put("content", text.toString());
      choice.put("finish_reason", answer.finishReason());
    }
    document.set("usage", usage());
    return document;
  }

  /**
   * All answers token by token, as the data of one event each.
   */
  void stream(Listener listener) {
    for (int index = 0; index < asked.choices(); index++) {
      if (!stream(index, listener)) {
        return;
      }
    }
    if (asked.includeUsage()) {
      ObjectNode last = head("chat.completion.chunk");
      last.putArray("choices");
      last.set("usage", usage());
      listener.hear(last.toString());
    }
    listener.hear("[DONE]");
  }

  private boolean stream(int index, Listener listener) {
    Generation answer = answer(index);
    boolean listening = listener.hear(chunk(index, delta("").put("role", "assistant"), null));
    while (listening && answer.hasNext()) {
      listening = listener.hear(chunk(index, delta(answer.next()), null));
    }
    writtenTokens += answer.written();
    return listening
        && listener.hear(chunk(index, Json.MAPPER.createObjectNode(), answer.finishReason()));
  }

  private Generation answer(int index) {
    long seed = 31L * prompt.hashCode() + 17L * asked.seed() + index;
    return model.answer(
        asked.question(), asked.maxTokens(), asked.temperature(), new SplittableRandom(seed));
  }

  private static ObjectNode delta(String text) {
    return Json.MAPPER.createObjectNode().put("content", text);
  }

  private String chunk(int index, ObjectNode delta, @Nullable String finishReason) {
    ObjectNode chunk = head("chat.completion.chunk");
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", index);
    choice.set("delta", delta);
    choice.put("finish_reason", finishReason);
    if (asked.includeUsage()) {
      chunk.putNull("usage");
    }
    return chunk.toString();
  }

  private ObjectNode head(String object) {
    return Json.MAPPER
        .createObjectNode()
        .put("id", id)
        .put("object", object)
        .put("created", created)
        .put("model", asked.model());
  }

  private ObjectNode usage() {
    return Json.MAPPER
        .createObjectNode()
        .put("prompt_tokens", promptTokens)
        .put("completion_tokens", writtenTokens)
        .put("total_tokens", promptTokens + writtenTokens);
  }

  /** Takes the events of a stream. */
  interface Listener {

    /** Takes the next event, and says whether somebody is still there to hear more. */
    boolean hear(String event);
  }
}
