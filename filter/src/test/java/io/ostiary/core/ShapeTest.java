package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A4: a call that the vendor would refuse for its form is refused in the vendor's words, where the operator wants it. */
class ShapeTest {

  private final GuardedService service =
      new GuardedService(
          """
          route.chat.paths = /v1/chat
          route.chat.dialect = modelarts
          route.chat.model = body model
          route.chat.validate = chat
          route.openai.paths = /openai
          route.openai.model = body model
          route.openai.validate = chat
          route.native.paths = /native
          route.native.dialect = dashscope
          route.native.model = body model
          route.native.validate = generation
          route.plain.paths = /plain
          route.plain.dialect = modelarts
          route.plain.model = body model
          models = qwen-max
          key.a.sha256 = %s
          """
              .formatted(Policies.sha256("sk-a")));

  private Request json(String path, String body) {
    return Request.post(path, body).key("sk-a");
  }

  private void refused(String path, String body, String code, String message) {
    Decision.Reject reject = service.reject(json(path, body));
    assertThat(reject.refusal().status()).isEqualTo(400);
    assertThat(GuardedService.body(reject))
        .contains("\"" + code + "\"")
        .contains("\"" + message.replace("\"", "\\\"") + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                        | Failed to format request body, messages is empty.",
        "{\"messages\":[{\"role\":\"user\"}]}      | Failed to format request body, model is empty.",
        "{\"model\":\"\",\"messages\":[{\"role\":\"user\"}]} | Failed to format request body, model is empty.",
        "{\"model\":\"qwen-max\"}                  | Failed to format request body, messages is empty.",
        "{\"model\":\"qwen-max\",\"messages\":[]}  | Failed to format request body, messages is empty.",
        "{\"model\":\"qwen-max\",\"messages\":null}| Failed to format request body, messages is empty.",
        "{\"model\":\"qwen-max\",\"messages\":\"\"}| Failed to format request body, messages is empty.",
        "{\"model\":\"qwen-max\",\"messages\":7}   | Failed to format request body, messages is invalid: not an array.",
        "{\"model\":\"qwen-max\",\"messages\":[7]} | Failed to format request body, messages[0] is invalid: not an object.",
        "{\"model\":\"qwen-max\",\"messages\":[{}]}| Failed to format request body, messages[0].role is empty.",
        "{\"messages\":[{\"role\":\"user\",\"x\":{\"role\":[]}},{\"x\":[1],\"role\":\"SYSTEM\"}],\"model\":\"qwen-max\"} | Failed to format request body, messages[1].role is SYSTEM, not one of ['system', 'user', 'assistant', 'function', 'tool'].",
        "{\"model\":\"qwen-max\",\"messages\":[{\"role\":7}]} | Failed to format request body, messages[0].role is invalid: not a string.",
      })
  void a_chat_is_refused_in_the_words_of_modelarts(String body, String message) {
    refused("/v1/chat", body, "ModelArts.81001", message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"qwen-max\",\"messages\":[{\"role\":\"user\",\"content\":\"a \\\"}] b\"}]}",
        "{\"x\":{\"messages\":[]},\"messages\":[{\"content\":[{\"role\":\"x\"}],\"role\":\"s\\u0079stem\"},{\"role\":\"tool\"}],\"y\":-1.5e3,\"z\":[true,null,[]],\"model\":\"qwen-max\"}",
        "\ufeff { \"messages\" : [ { \"role\" : \"assistant\" } ] , \"model\" : \"qwen-max\" } ",
      })
  void a_chat_in_order_is_admitted(String body) {
    service.admit(json("/v1/chat", body));
  }

  @Test
  void each_dialect_has_its_roles() {
    String body = "{\"model\":\"qwen-max\",\"messages\":[{\"role\":\"developer\"}]}";
    service.admit(json("/openai", body));
    refused(
        "/openai",
        body.replace("developer", "x\\\"y"),
        "invalid_value",
        "Invalid value: 'x\"y'. Supported values are: ['system', 'developer', 'user', 'assistant', 'function', 'tool'].");
    assertThat(service.refusal(json("/v1/chat", body))).isEqualTo(Reason.FIELD_NOT_ONE_OF);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"model\":\"qwen-max\",\"parameters\":{}}               | BadRequest.EmptyInput      | Required input parameter missing from request.",
        "{\"model\":\"qwen-max\",\"input\":{},\"parameters\":{}}  | BadRequest.EmptyInput      | Required input parameter missing from request.",
        "{\"model\":\"qwen-max\",\"input\":null}                  | BadRequest.EmptyInput      | Required input parameter missing from request.",
        "{\"model\":\"qwen-max\",\"input\":{\"prompt\":\"x\"}}    | BadRequest.EmptyParameters | Required parameter \"parameters\" missing from request.",
        "{\"model\":\"qwen-max\",\"input\":{\"prompt\":\"x\"},\"parameters\":null} | BadRequest.EmptyParameters | Required parameter \"parameters\" missing from request.",
        "{\"input\":{\"prompt\":\"x\"},\"parameters\":{}}         | BadRequest.EmptyModel      | Required parameter \"model\" missing from request.",
        "{\"model\":\"qwen-max\",\"input\":{\"messages\":[{\"role\":\"bot\"}]},\"parameters\":{}} | InvalidParameter | Parameter \"input.messages[0].role\" is invalid, bot is not one of ['system', 'user', 'assistant', 'function', 'tool'].",
      })
  void a_generation_is_refused_in_the_words_of_model_studio(
      String body, String code, String message) {
    refused("/native", body, code, message);
  }

  @Test
  void a_generation_in_order_is_admitted() {
    String messages = "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
    service.admit(
        json("/native", "{\"model\":\"qwen-max\",\"input\":" + messages + ",\"parameters\":{}}"));
    service.admit(
        json(
            "/native",
            "{\"parameters\":{\"n\":1},\"input\":{\"prompt\":\"x\"},\"model\":\"qwen-max\"}"));
  }

  @Test
  void an_id_of_65_characters_is_refused_before_the_body_is_read() {
    String body = "{\"model\":\"qwen-max\",\"messages\":[{\"role\":\"user\"}]}";
    service.admit(json("/v1/chat", body).header("x-span-id", "a".repeat(64)));
    Request tooLong = json("/v1/chat", body).header("x-span-id", "a".repeat(65));

    Decision.Reject reject = service.reject(tooLong);

    assertThat(reject.refusal().status()).isEqualTo(400);
    assertThat(GuardedService.body(reject))
        .contains("Invalid request header x-span-id, max length is 64.")
        .doesNotContain("aaa");
    assertThat(tooLong.bytesRead).isZero();
  }

  @Test
  void nothing_is_checked_where_nobody_asked_for_it() {
    service.admit(
        json("/plain", "{\"model\":\"qwen-max\",\"messages\":[]}")
            .header("x-span-id", "a".repeat(65)));
  }
}
