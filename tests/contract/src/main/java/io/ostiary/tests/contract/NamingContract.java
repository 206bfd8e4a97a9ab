package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a model is named, and what the app gets to see of the name: A4 to A7. */
interface NamingContract extends Guarded {

  String FORM = "application/x-www-form-urlencoded";
  String PARTS =
      """
      --b
      Content-Disposition: form-data; name="model"

      %s
      --b
      Content-Disposition: form-data; name="text"; filename="team-a"

      team-a
      --b--
      """
          .replace("\n", "\r\n");

  private static Ask seen(String target) {
    return Ask.of("POST", "/seen/" + target).key("acme");
  }

  private static byte[] gzip(String text) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var coder = new GZIPOutputStream(out)) {
      coder.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private String shown(Ask ask) throws IOException {
    Answer answer = ask(ask);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.text();
  }

  /** The length, its header and the bytes agree, however the body is read. */
  @ParameterizedTest
  @CsvSource({
    "team-a, stream, 0",
    "team-a, reader, 0",
    "team-a, bytewise, 0",
    "best, stream, 0",
    "team-a, stream, 7",
    "best, reader, 7",
  })
  default void the_app_gets_the_model_behind_a_name_in_a_json_body(
      String name, String way, int chunk) throws IOException {
    String json = "{ \"x\":\"team-a 你好\", \"model\" : \"%s\" }";
    String given = json.formatted("qwen-max");
    int length = given.getBytes(StandardCharsets.UTF_8).length;

    String text =
        shown(seen("body").header("X-Read", way).json(json.formatted(name)).chunked(chunk));

    assertThat(text).endsWith("body=" + length + "|" + given);
    assertThat(text)
        .contains(
            chunk > 0
                ? "length=-1|-1|null\n"
                : "length=" + length + "|" + length + "|" + length + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "models/team-a/infer,       models/qwen-max/infer,         models/qwen-max/infer",
    "models/te%61m-a/infer;s=1, models/qwen-max/infer;s=1,     models/qwen-max/infer",
    "v1/models/best:predict,    v1/models/qwen-max:predict,    v1/models/qwen-max:predict",
    "v1/models/qwen-max:predict,v1/models/qwen-max:predict,    v1/models/qwen-max:predict",
  })
  default void the_app_gets_the_model_behind_a_name_in_the_path(
      String sent, String raw, String info) throws IOException {
    for (String async : new String[] {null, "yes"}) {
      Ask ask = seen(sent + "?model=team-a").body("x");
      String text = shown(async == null ? ask : ask.header("X-Async", async));
      assertThat(text)
          .contains("uri=/seen/" + raw + "\nurl=/seen/" + raw + "\n")
          .contains("\nquery=model=team-a\n")
          .endsWith("body=1|x");
      // Where the one ends and the other begins, Jetty 9.4 forgets when a call goes asynchronous.
      assertThat(text.replace("\ninfo=", "")).contains("servlet=/seen/" + info + "\n");
    }
  }

  /** What the app forwards to has a path of its own. */
  @Test
  default void a_forward_leads_where_the_app_says() throws IOException {
    String text =
        shown(seen("models/team-a/infer").header("X-Forward", "/seen/other/team-a").body("x"));
    assertThat(text).contains("servlet=/seen\ninfo=/other/team-a\n").doesNotContain("qwen-max");
  }

  @Test
  default void the_app_gets_the_model_behind_a_name_in_a_header() throws IOException {
    assertThat(shown(seen("header").header("x-model", "team-a").body("team-a")))
        .contains("model=qwen-max[qwen-max]\n")
        .endsWith("body=6|team-a");
  }

  @Test
  default void the_app_gets_the_model_behind_a_name_in_the_query() throws IOException {
    assertThat(
            shown(
                Ask.get("/seen/query?a=team-a&model=team-a")
                    .key("acme")
                    .header("X-Read", "parameters")))
        .contains("query=a=team-a&model=qwen-max\n")
        .endsWith("|a=[team-a]\nmodel=[qwen-max]\n");
  }

  @Test
  default void the_app_gets_the_model_behind_a_name_in_a_form() throws IOException {
    Ask form =
        seen("form?q=1&model=best")
            .header("X-Read", "parameters")
            .header("Content-Type", FORM)
            .body("a=best&model=best&text=%E4%BD%A0");
    assertThat(shown(form)).endsWith("|a=[best]\nmodel=[qwen-max, qwen-max]\nq=[1]\ntext=[你]\n");

    Ask parts =
        seen("form")
            .header("X-Read", "parts")
            .header("Content-Type", "multipart/form-data; boundary=b")
            .body(PARTS.formatted("team-a"));
    assertThat(shown(parts)).contains("model|null|null|8\nqwen-max\ntext|team-a|null|6\nteam-a\n");
  }

  /** B4: in whichever order it likes. */
  @Test
  default void a_form_that_the_guard_has_read_is_read_in_every_way() throws IOException {
    String body = PARTS.formatted("qwen-max");
    Ask ask = seen("form").header("X-Read", "every");
    assertThat(shown(ask.header("Content-Type", "multipart/form-data; boundary=b").body(body)))
        .endsWith("body=" + body.length() + "|" + body);
  }

  /** B4, servlet-pitfalls 30: an app that knows its clients' charset names it before it asks for parameters. */
  @Test
  default void an_app_may_name_the_charset_of_a_form() throws IOException {
    Ask ask = seen("form").header("X-Read", "gbk").header("Content-Type", FORM);
    assertThat(shown(ask.body("model=qwen-max&text=%C4%E3")))
        .endsWith("model=[qwen-max]\ntext=[你]\n");
  }

  /** B4, servlet-pitfalls 28: nobody needs the form, so that nobody but the container holds it, and in one copy. */
  @Test
  default void a_large_file_is_not_held_by_the_guard() throws IOException {
    byte[] head =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    byte[] body = new byte[50 << 20];
    System.arraycopy(head, 0, body, 0, head.length);
    byte[] end = "\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(end, 0, body, body.length - end.length, end.length);
    Ask ask = seen("upload").header("X-Read", "sizes");
    String shown = shown(ask.header("Content-Type", "multipart/form-data; boundary=b").body(body));
    int file = body.length - head.length - end.length;
    assertThat(shown).contains("|file=" + file + " ");
    long stored = Long.parseLong(shown.substring(shown.indexOf("stored=") + 7));
    assertThat(stored).isLessThan(file + (1L << 20));
  }

  /** A6, servlet-pitfalls 31 and 35: the app gets the bytes that came, or the same coding of the other name. */
  @Test
  default void a_compressed_body_is_judged_by_its_content() throws IOException {
    String json = "{\"model\":\"%s\",\"text\":\"" + "你好".repeat(5_000) + "\"}";
    byte[] plain = gzip(json.formatted("qwen-max"));
    Ask as = seen("body").header("Content-Type", "application/json");
    String text = shown(as.header("Content-Encoding", "gzip").body(plain));
    assertThat(text)
        .contains("length=" + plain.length + "|" + plain.length + "|" + plain.length + "\n")
        .contains("coding=gzip\n")
        .endsWith("body=" + plain.length + "|" + json.formatted("qwen-max"));

    String renamed = shown(as.body(gzip(json.formatted("team-a"))));
    assertThat(renamed).contains("coding=gzip\n").endsWith("|" + json.formatted("qwen-max"));
    String length = renamed.substring(renamed.indexOf("body=") + 5, renamed.indexOf("|{"));
    assertThat(renamed).contains("length=" + length + "|" + length + "|" + length + "\n");

    Answer denied = ask(as.body(gzip(json.formatted("deepseek-v3"))));
    assertThat(denied.status()).isEqualTo(404);
  }

  /** B2, servlet-pitfalls 31. */
  @Test
  default void a_bomb_is_refused() throws IOException {
    byte[] bomb = gzip("{\"model\":\"qwen-max\",\"x\":\"" + " ".repeat(8 << 20) + "\"}");
    Ask ask = seen("body").header("Content-Encoding", "gzip");
    Answer answer = ask(ask.header("Content-Type", "application/json").body(bomb));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.text()).contains("ModelArts.81113");
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "gzip, gzip"})
  default void another_coding_is_unsupported(String coding) throws IOException {
    Ask ask = seen("body").header("Content-Encoding", coding);
    assertThat(ask(ask.json("{\"model\":\"qwen-max\"}")).status()).isEqualTo(415);
  }

  /** A4: with both names. */
  @ParameterizedTest
  @CsvSource({"deepseek-v3", "team-b"})
  default void says_that_a_model_is_not_served_at_the_url(String name) throws IOException {
    Answer answer = ask(seen("body").json("{\"model\":\"" + name + "\"}"));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text())
        .contains("ModelArts.81016")
        .contains("The model " + name + " is not available with api url /seen/body.");
  }

  /** A6. */
  @Test
  default void places_that_name_different_models_are_refused() throws IOException {
    String json = "{\"model\":\"qwen-max\"}";
    assertThat(shown(seen("all?model=qwen-max").header("X-Model", "qwen-max").json(json)))
        .endsWith(json);
    assertThat(ask(seen("all?model=deepseek-v3").json(json)).status()).isEqualTo(400);
    assertThat(ask(seen("all").header("X-Model", "deepseek-v3").json(json)).status())
        .isEqualTo(400);
    Ask form = seen("form?model=deepseek-v3").header("Content-Type", FORM);
    assertThat(ask(form.body("model=qwen-max")).status()).isEqualTo(400);
    Ask query = seen("query?model=qwen-max").header("Content-Type", FORM);
    assertThat(ask(query.body("model=deepseek-v3")).status()).isEqualTo(400);
  }

  /** A4. */
  @Test
  default void a_chat_is_validated_where_the_route_says_so() throws IOException {
    Answer role =
        ask(
            seen("valid")
                .json(
                    "{\"model\":\"qwen-max\",\"messages\":[{\"role\":\"user\"},{\"role\":\"SYSTEM\"}]}"));
    assertThat(role.status()).isEqualTo(400);
    assertThat(role.text())
        .contains("ModelArts.81001")
        .contains(
            "Failed to format request body, messages[1].role is SYSTEM, not one of ['system', 'user', 'assistant', 'function', 'tool'].");
    Answer id =
        ask(seen("valid").header("x-span-id", "a".repeat(65)).json("{\"model\":\"qwen-max\"}"));
    assertThat(id.text()).contains("Invalid request header x-span-id, max length is 64.");
    String good = "{\"model\":\"best\",\"messages\":[{\"role\":\"user\"}]}";
    assertThat(shown(seen("valid").json(good))).endsWith(good.replace("best", "qwen-max"));
  }
}
