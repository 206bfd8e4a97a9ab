package example.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatServerTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Tokenizer TOKENIZER = Models.load().tokenizer();

  @SuppressWarnings("NullAway.Init")
  private static ChatServer server;

  @BeforeAll
  static void start() throws Exception {
    server = ChatServer.start("127.0.0.1", 0);
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1", "/compatible-mode/v1", "/api/predict/chat/v1"})
  void answers_a_chat_in_chinese_with_its_true_usage(String base) throws Exception {
    HttpResponse<String> response = post(base + "/chat/completions", chat("'seed': 1"));

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode body = MAPPER.readTree(response.body());
    String text = body.at("/choices/0/message/content").asText();
    assertThat(text).containsPattern("\\p{IsHan}{5}");
    assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(body.at("/usage/completion_tokens").asInt())
        .isEqualTo(TOKENIZER.encode(text).size());
    assertThat(body.at("/usage/prompt_tokens").asInt())
        .isEqualTo(TOKENIZER.encode("user: 什么是限流？\nassistant:").size());
    assertThat(body.at("/usage/total_tokens").asInt())
        .isEqualTo(
            body.at("/usage/prompt_tokens").asInt() + body.at("/usage/completion_tokens").asInt());
  }

  @Test
  void a_stream_says_what_the_document_says_token_by_token() throws Exception {
    String question = "'messages': [{'role': 'user', 'content': 'What is a token?'}]";
    String model = "{'model': 'deepseek-v3', 'max_tokens': 40, 'n': 2, " + question;
    JsonNode document = MAPPER.readTree(post("/v1/chat/completions", model + "}").body());

    List<String> events =
        events(model + ", 'stream': true, 'stream_options': {'include_usage': true}}");

    assertThat(events).last().isEqualTo("[DONE]");
    JsonNode usage = MAPPER.readTree(events.get(events.size() - 2));
    assertThat(usage.path("choices")).isEmpty();
    assertThat(usage.path("usage")).isEqualTo(document.path("usage"));
    for (int index = 0; index < 2; index++) {
      assertThat(streamed(events, index))
          .isEqualTo(document.at("/choices/" + index + "/message/content").asText());
    }
  }

  @Test
  void a_stream_has_no_usage_unless_asked_for() throws Exception {
    assertThat(events(chat("'stream': true"))).last().isEqualTo("[DONE]");
    assertThat(events(chat("'stream': true"))).noneMatch(event -> event.contains("usage"));
  }

  @Test
  void an_answer_that_is_cut_short_says_so() throws Exception {
    JsonNode body = MAPPER.readTree(post("/v1/chat/completions", chat("'max_tokens': 3")).body());

    assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    assertThat(body.at("/usage/completion_tokens").asInt()).isEqualTo(3);
  }

  /** The fault that this app has in common with many: it leaves the charset to its container. */
  @Test
  void on_its_own_it_loses_chinese_where_it_leaves_the_charset_to_the_container() throws Exception {
    assertThat(post("/v1/tokenize", "{'text': '限流 bucket'}").body()).isEqualTo("?\n?\n bucket\n");
    assertThat(streamed(events(chat("'stream': true")), 0)).matches("\\?+");
  }

  @Test
  void reads_the_text_parts_of_a_list_of_parts() throws Exception {
    HttpResponse<String> response =
        post(
            "/v1/chat/completions",
            """
            {'model': 'qwen-max', 'messages': [{'role': 'user',
             'content': [{'type': 'text', 'text': '什么是'}, {'type': 'text', 'text': '限流？'}]}]}\
            """);

    assertThat(MAPPER.readTree(response.body()).at("/choices"))
        .isEqualTo(
            MAPPER.readTree(post("/v1/chat/completions", chat("'n': 1")).body()).at("/choices"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "not json                                            | 400 |          |",
        "[]                                                  | 400 |          |",
        "``                                                  | 400 |          |",
        "{'messages': []}                                    | 400 | model    | missing_required_parameter",
        "{'model': 7, 'messages': []}                        | 400 | model    | invalid_value",
        "{'model': 'qwen-max'}                               | 400 | messages | missing_required_parameter",
        "{'model': 'qwen-max', 'messages': []}               | 400 | messages | invalid_value",
        "{'model': 'qwen-max', 'messages': [{'role': 'user'}]} | 400 | messages[0].content | missing_required_parameter",
        "{'model': 'gpt-9', 'messages': [{'role': 'user', 'content': 'x'}]} | 404 | model | model_not_found",
      })
  void refuses_what_it_cannot_answer(String body, int status, String param, String code)
      throws Exception {
    HttpResponse<String> response = post("/v1/chat/completions", body);

    assertThat(response.statusCode()).isEqualTo(status);
    JsonNode error = MAPPER.readTree(response.body()).path("error");
    assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(error.path("message").asText()).isNotEmpty();
    assertThat(error.path("param").textValue()).isEqualTo(param);
    assertThat(error.path("code").textValue()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "'max_tokens': 0, max_tokens",
    "'max_tokens': 4097, max_tokens",
    "'max_tokens': 1.5, max_tokens",
    "'max_tokens': '5', max_tokens",
    "'max_completion_tokens': -1, max_completion_tokens",
    "'temperature': 2.1, temperature",
    "'n': 9, n",
    "'seed': 1e30, seed",
    "'stream': 'yes', stream",
  })
  void refuses_a_value_out_of_range(String field, String param) throws Exception {
    HttpResponse<String> response = post("/v1/chat/completions", chat(field));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(MAPPER.readTree(response.body()).at("/error/param").asText()).isEqualTo(param);
  }

  @Test
  void lists_its_models() throws Exception {
    JsonNode body = MAPPER.readTree(get("/v1/models").body());

    assertThat(body.path("data").findValuesAsText("id"))
        .containsExactly("qwen-max", "deepseek-v3", "qwen2.5-7b");
  }

  @Test
  void is_healthy() throws Exception {
    assertThat(get("/health").body()).isEqualTo("{\"status\":\"ok\"}");
  }

  private static String chat(String field) {
    return "{'model': 'qwen-max', 'messages': [{'role': 'user', 'content': '什么是限流？'}], "
        + field
        + "}";
  }

  private static List<String> events(String body) throws Exception {
    HttpResponse<String> response = post("/v1/chat/completions", body);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
    return Stream.of(response.body().split("\n\n"))
        .map(event -> event.substring("data: ".length()))
        .toList();
  }

  private static String streamed(List<String> events, int index) throws Exception {
    StringBuilder text = new StringBuilder();
    for (String event : events.subList(0, events.size() - 1)) {
      for (JsonNode choice : MAPPER.readTree(event).path("choices")) {
        if (choice.path("index").asInt() == index) {
          text.append(choice.at("/delta/content").asText());
        }
      }
    }
    return text.toString();
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(server.uri().resolve(path)).build(), BodyHandlers.ofString(UTF_8));
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(server.uri().resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.replace('\'', '"'), UTF_8))
            .build(),
        BodyHandlers.ofString(UTF_8));
  }
}
