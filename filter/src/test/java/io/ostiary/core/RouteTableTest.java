package io.ostiary.core;

import static io.ostiary.core.Routes.guarded;
import static io.ostiary.core.Routes.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

  private static final Route CHAT = guarded("/v1/chat/completions", "/v1/completions");
  private static final Route PREDICT = guarded("/v1/models/{model}:predict");
  private static final Route INFER = guarded("/v2/models/{model}/infer");
  private static final Route REST = guarded("/v1/**");
  private static final Route OPEN = open("/health", "/v1/models", "/static/**", "/v2/*/ready");

  private static final RouteTable TABLE = new RouteTable(List.of(OPEN, REST, INFER, PREDICT, CHAT));

  private static final RouteTable CHAT_ONLY =
      new RouteTable(List.of(CHAT, INFER, open("/health", "/static/**")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/chat/completions",
        "/v1/completions",
        "/v1/ch%61t/completions",
        "/v1/chat/completions;jsessionid=1A",
        "/v1;a/chat;b=c/completions",
        "/V1/Chat/COMPLETIONS",
        "/v1/chat/completions/",
        "/v1/chat/completions.",
        "/v1/chat/completions...",
        "/v1/chat/completions%20",
        "/v1/chat./completions/",
        "/v1/chat/completion%C5%BF", // the long s
        "/v1/chat/completions/;a"
      })
  void takes_every_clear_spelling_of_a_guarded_path_for_that_path(String raw) { // A6
    assertThat(match(CHAT_ONLY, raw).route()).isSameAs(CHAT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//v1/chat/completions",
        "/v1//chat/completions",
        "/v1/chat//completions",
        "/v1/./chat/completions",
        "/v1/chat/completions/.",
        "/v1/x/../chat/completions",
        "/static/../v1/chat/completions",
        "/static/..;/v1/chat/completions",
        "/static/..;a=b/v1/chat/completions",
        "/static/.;/../v1/chat/completions",
        "/static/%2e%2e/v1/chat/completions",
        "/static/%2e./v1/chat/completions",
        "/static/%252e%252e/v1/chat/completions",
        "/static/%25252e%25252e%25252fv1/chat/completions",
        "/static/..%2fv1/chat/completions",
        "/static/..%5cv1/chat/completions",
        "/static/..\\v1\\chat/completions",
        "/static/%c0%ae%c0%ae/v1/chat/completions",
        "/static/%e0%80%ae%e0%80%ae%c0%afv1/chat/completions",
        "/static/%u002e%u002e%u002fv1/chat/completions",
        "/static//../v1/chat/completions",
        "/static/x//../../../v1/chat/completions",
        "/static/.. /v1/chat/completions",
        "/../v1/chat/completions",
        "/v1%2fchat%2fcompletions",
        "/v1/chat%5Ccompletions",
        "/v1/ch%2561t/completions",
        "/v1/ch%u0061t/completions",
        "/v1/chat/completions%00",
        "/v1/chat/completions%00.html",
        "/v1/chat/completions%0a",
        "/v1/chat/completions%3bx",
        "/v1/chat/completions%253bx",
        "/v1/chat/completions%3fx",
        "/v1/chat/completions%23x",
        "/v1/chat/completions;a=%2e",
        "/v1/chat/completions//",
        "/v1/chat/completions/%2e/",
        "/V1//Chat/completions./",
        "/x/../V1/chat/completions/../",
        "/./v1/chat/completions/..",
        "/x;a/%2e%2e//v2/models/a/infer/..",
        "/x/y/../../v1/chat/completions/../..",
        "v1/chat/completions",
        "/v2/models/org%2Fqwen/infer",
        "/v2/models//infer",
        "/v2/models/%00/infer",
        "/v2/models/a%252fb/infer"
      })
  void refuses_a_path_that_may_be_read_as_a_guarded_one(String raw) { // A6
    assertThat(match(CHAT_ONLY, raw)).matches(RouteTable.Match::isAmbiguous);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1",
        "/v1/chat",
        "/v1/chat/completions/x",
        "/v1/chat/completion",
        "/v2/models/qwen",
        "/other/a%2Fb",
        "/other//x",
        "/other/../x",
        "/other/%ff",
        "/static/a%2Fb",
        "/static//health",
        "/x/../health",
        "/health/",
        "/Health",
        "/health.",
        "/HEALTH;a",
        "*"
      })
  void leaves_alone_what_no_guarded_route_can_mean_and_no_open_one_says(String raw) {
    assertThat(match(CHAT_ONLY, raw)).isSameAs(RouteTable.UNMATCHED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health;a", "/static", "/static/", "/static/A/b.css"})
  void opens_what_an_open_route_says(String raw) {
    assertThat(match(CHAT_ONLY, raw).route()).isNotNull().matches(route -> !route.keyed());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /v1/chat/completions, /v1/chat/completions
          /v1/models/qwen:predict, {model}:predict
          /v1/models/qwen:PREDICT., {model}:predict
          /v1/models/qwen, /v1/**
          /v1/models/qwen:explain, /v1/**
          /v1, /v1/**
          /v1/, /v1/**
          /V1/anything, /v1/**
          /v1/models, /health
          /v1/Models, /v1/**
          /v1/models/, /v1/**
          /v1/models., /v1/**
          /v2/models/ready/infer, {model}/infer
          /v2/models/ready, /health
          """)
  void prefers_the_most_specific_pattern(String raw, String named) {
    assertThat(match(TABLE, raw).route())
        .isNotNull()
        .extracting(Route::name)
        .asString()
        .contains(named);
  }

  @Test
  void prefers_a_guarded_literal_in_another_spelling_to_an_open_pattern() {
    RouteTable table = new RouteTable(List.of(open("/files/**"), guarded("/files/secret")));

    assertThat(match(table, "/files/Secret").route()).matches(Route::keyed);
    assertThat(match(table, "/files/public").route()).matches(route -> !route.keyed());
  }

  @Test
  void prefers_the_guarded_one_of_two_that_are_equally_specific() {
    for (String path : List.of("/a", "/*", "/**", "/{model}x")) {
      Route open = open(path);
      Route guarded = guarded(path);
      String raw = path.equals("/a") ? "/a" : "/bx";

      assertThat(match(new RouteTable(List.of(open, guarded)), raw).route()).isSameAs(guarded);
      assertThat(match(new RouteTable(List.of(guarded, open)), raw).route()).isSameAs(guarded);
    }
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          /v2/models/qwen/infer,qwen
          /V2/models/Qwen2.5/Infer/,Qwen2.5
          /v2/models/%E9%80%9A%E4%B9%89/infer,通义
          /v2/models/qwen;v=1/infer,qwen
          /v2/models/qwen.%20/infer,'qwen. '
          """)
  void tells_the_model_as_it_is_spelled(String raw, String model) { // A6
    RouteTable.Match match = match(TABLE, raw);

    assertThat(match.route()).isSameAs(INFER);
    assertThat(match.model()).isEqualTo(model);
  }

  @Test
  void judges_an_empty_model_rather_than_letting_it_pass() { // A6
    assertThat(match(new RouteTable(List.of(PREDICT)), "/v1/models/:predict"))
        .isEqualTo(new RouteTable.Match(PREDICT, "", PREDICT.paths().get(0), false));
  }

  @Test
  void gives_the_same_answer_again_where_no_model_is_named() {
    assertThat(match(TABLE, "/V1/completions/")).isSameAs(match(TABLE, "/v1/completions"));
    assertThat(match(TABLE, "/v1/x")).isSameAs(match(TABLE, "/v1/y"));
  }

  @Test
  void follows_the_container_unless_the_request_line_leads_to_another_guarded_place() {
    HeadOnlyCall call = HeadOnlyCall.to("/app");

    assertThat(match(TABLE, call.resolvedTo("/v1/chat/completions")).route()).isSameAs(CHAT);
    assertThat(match(TABLE, call.resolvedTo("/health")).route()).isSameAs(OPEN);
    call = HeadOnlyCall.to("/v1/chat/completions");
    assertThat(match(TABLE, call.resolvedTo("/health"))).matches(RouteTable.Match::isAmbiguous);
    assertThat(match(TABLE, call.resolvedTo("/other"))).matches(RouteTable.Match::isAmbiguous);
    assertThat(match(TABLE, call.resolvedTo("/v1/x"))).matches(RouteTable.Match::isAmbiguous);
    assertThat(match(TABLE, call.resolvedTo("/V1/completions")).route()).isSameAs(CHAT);
    call = HeadOnlyCall.to("/v2/models/a/infer");
    assertThat(match(TABLE, call.resolvedTo("/v2/models/b/infer")))
        .matches(RouteTable.Match::isAmbiguous);
  }

  @Test
  void tells_which_guarded_route_a_path_may_mean() {
    assertThat(match(CHAT_ONLY, "/static/../v1/completions").route()).isSameAs(CHAT);
    assertThat(match(CHAT_ONLY, "/v2/models/a%2Fb/infer").route()).isSameAs(INFER);
    HeadOnlyCall rewritten = HeadOnlyCall.to("/v1/completions").resolvedTo("/other");
    assertThat(match(CHAT_ONLY, rewritten).route()).isSameAs(CHAT);
    String endless = "/" + "%2e;/".repeat(20_000) + "%25".repeat(2_000) + "32f";
    assertThat(match(CHAT_ONLY, endless).route()).isNull();
  }

  /** Jetty 12 with {@code UriCompliance.UNSAFE}, and an app that decodes by itself; found by the fuzzer. */
  @Test
  void an_escape_that_only_the_container_takes_for_a_slash_hides_nothing() {
    HeadOnlyCall call = HeadOnlyCall.to("/v2/mod%65ls/a%u002fb/infer");

    assertThat(match(TABLE, call.resolvedTo("/v2/models/a/b/infer")))
        .matches(RouteTable.Match::isAmbiguous);
  }

  @Test
  void refuses_an_unclear_path_even_if_the_container_resolved_it_to_a_guarded_one() {
    HeadOnlyCall call = HeadOnlyCall.to("/x/%2e%2e/other").resolvedTo("/v1/chat/completions");

    assertThat(match(CHAT_ONLY, call)).matches(RouteTable.Match::isAmbiguous);
  }

  @Test
  void refuses_a_path_with_more_readings_than_anyone_means() {
    String deep = "/" + "%25".repeat(2_000) + "32f";

    assertThat(match(CHAT_ONLY, "/other/" + "%2e;/".repeat(20_000) + deep))
        .matches(RouteTable.Match::isAmbiguous);
  }

  private static RouteTable.Match match(RouteTable table, String raw) {
    return match(table, HeadOnlyCall.to(raw));
  }

  private static RouteTable.Match match(RouteTable table, Call call) {
    return table.match(RequestPath.of(call));
  }
}
