package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /, /
          /v1/chat/completions, /v1/chat/completions
          /v1/models/, /v1/models/
          /v1/models/qwen2.5-72b:predict, /v1/models/qwen2.5-72b:predict
          /.well-known/a..b/c., /.well-known/a..b/c.
          /v1/ch%61t, /v1/chat
          /v1/chat%2ejson, /v1/chat.json
          /v1/%E4%BD%A0%e5%a5%bd, /v1/你好
          /v1/%F0%9F%99%82, /v1/🙂
          /v1/a%20b+c, /v1/a b+c
          /100%25, /100%
          /100%25/%25z, /100%/%z
          /v1/chat;jsessionid=1A.node, /v1/chat
          /v1;a=b;c/models;d/qwen, /v1/models/qwen
          /v1/models/;jsessionid=1A, /v1/models/
          /;jsessionid=1A, /
          """)
  void is_clear_if_every_decoder_reads_the_same(String raw, String text) {
    RequestPath path = RequestPath.of(HeadOnlyCall.to(raw));

    assertThat(path.text()).isEqualTo(text);
    assertThat(path.isClear()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /v1/a%2Fb, /v1/a/b
          /v1/a%5cb, /v1/a\\b
          /v1/a\\b, /v1/a\\b
          /v1/./chat, /v1/./chat
          /v1/../chat, /v1/../chat
          /v1/%2e%2E/chat, /v1/../chat
          /v1/.%2e, /v1/..
          /v1/.../chat, /v1/.../chat
          /v1/%20/chat, '/v1/ /chat'
          /v1/..%20/chat, '/v1/.. /chat'
          //v1/chat, //v1/chat
          /v1//chat, /v1//chat
          /v1/chat//, /v1/chat//
          /v1/;a/chat, /v1//chat
          /v1/..;/chat, /v1/../chat
          /v1/..;a=b/chat, /v1/../chat
          /v1/chat;a=%2e, /v1/chat
          /v1/chat;a=\\, /v1/chat
          /v1/chat%3Ba, /v1/chat;a
          /v1/chat%3Fa, /v1/chat?a
          /v1/chat%23a, /v1/chat#a
          /v1/chat%, /v1/chat%
          /v1/chat%4, /v1/chat%4
          /v1/ch%zzt, /v1/ch%zzt
          /v1/ch%+61t, /v1/ch%+61t
          /v1/ch%u0061t, /v1/ch%u0061t
          /v1/ch%25u0061t, /v1/ch%u0061t
          /v1/ch%2561t, /v1/ch%61t
          /v1/ch%25%36%31t, /v1/ch%61t
          /v1/chät, /v1/chät
          v1/chat, v1/chat
          '', ''
          *, *
          """)
  void is_not_clear_if_decoders_differ(String raw, String text) {
    RequestPath path = RequestPath.of(HeadOnlyCall.to(raw));

    assertThat(path.text()).isEqualTo(text);
    assertThat(path.isClear()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%00",
        "%01",
        "%0a",
        "%0D",
        "%1f",
        "%7f",
        "\n",
        "\u0000",
        "\u007f",
        " ", // controls
        "%c2%80",
        "%c2%9f", // C1 controls
        "%80",
        "%ff",
        "%c3",
        "%e4%bd",
        "%e4%bdx", // not UTF-8
        "%c0%af",
        "%c0%ae",
        "%c1%81",
        "%e0%80%af",
        "%f0%80%80%af", // overlong
        "%ed%a0%80",
        "%f4%90%80%80" // no characters
      })
  void is_not_clear_with_what_no_text_has(String odd) {
    assertThat(RequestPath.of(HeadOnlyCall.to("/v1/a" + odd)).isClear()).isFalse();
    assertThat(RequestPath.of(HeadOnlyCall.to("/v1/" + odd + "b/c")).isClear()).isFalse();
  }

  @Test
  void is_what_the_container_resolved_where_it_did() {
    RequestPath path = RequestPath.of(HeadOnlyCall.to("/v1/ch%61t;a").resolvedTo("/v1/chat/"));

    assertThat(path.text()).isEqualTo("/v1/chat/");
    assertThat(path.spelled()).isEqualTo("/v1/chat");
  }

  @Test
  void does_not_become_clear_by_being_resolved() {
    RequestPath path = RequestPath.of(HeadOnlyCall.to("/v1/x/../chat").resolvedTo("/v1/chat"));

    assertThat(path.text()).isEqualTo("/v1/chat");
    assertThat(path.isClear()).isFalse();
  }

  @Test
  void decodes_clear_paths_as_the_platform_does() {
    Random random = new Random(5);
    String[] pieces = {"/", "a", "B", "%41", "%e4%bd%a0", ".", "%2e", "-", "%20", ":", "/v1", "%"};
    int clear = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder raw = new StringBuilder("/x");
      for (int j = random.nextInt(8); j > 0; j--) {
        raw.append(pieces[random.nextInt(pieces.length)]);
      }
      RequestPath path = RequestPath.of(HeadOnlyCall.to(raw.toString()));
      if (path.isClear()) {
        clear++;
        URI uri = URI.create(raw.toString());
        assertThat(path.text()).isEqualTo(uri.getPath());
        assertThat(uri.normalize()).isEqualTo(uri);
      }
    }
    assertThat(clear).isGreaterThan(5_000);
  }
}
