package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** R9: how near estimates come to the tokens that a model counts. */
class EstimateTest {

  private static final Encoding TRUTH =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  private static final TokenCounter COUNTER = TokenCounter.of("o200k_base");

  enum Text {
    ENGLISH(
        "The doorkeeper stands before the house and lets in whoever may come in. He asks for a name and a key, looks at "
            + "the list, and opens the door or keeps it shut. Nobody walks around him, since the house has no other door, "
            + "and nobody argues with him for long, because he says in plain words what is missing and when to come back. "
            + "On busy evenings he counts the guests, and the rooms are never fuller than they should be. "),
    CHINESE(
        "看门人站在房子前面，让有资格的人进来。他询问姓名和钥匙，查看名单，然后打开门或者把门关上。没有人能绕过他，因为房子没有别的门；"
            + "也没有人会和他争论太久，因为他会用简单的话说明缺少什么，以及什么时候可以再来。繁忙的夜晚，他会清点客人的人数，"
            + "房间里的人永远不会比应有的更多。限流就是给门口放一个水桶，水一滴一滴地流进桶里，每来一个请求就取走一瓢水。"),
    JAPANESE(
        "門番は家の前に立ち、入る資格のある人を中に入れます。彼は名前と鍵を尋ね、名簿を確認してから、扉を開けるか閉めたままにします。"
            + "家には他に扉がないので、誰も彼を避けて通ることはできません。また、何が足りないのか、いつまた来ればよいのかを簡単な言葉で"
            + "説明してくれるので、長く言い争う人もいません。忙しい夜には客の数を数え、部屋が混みすぎることは決してありません。"),
    SOURCE(
        """
        static long estimate(long textBytes) {
          if (textBytes < 0) {
            throw new IllegalArgumentException("negative: " + textBytes);
          }
          return (textBytes + 3) / 4;
        }

        private static Credential checked(String key) {
          for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c <= ' ' || c > '~') {
              return MALFORMED;
            }
          }
          return new Credential(key, null);
        }
        """),
    JSON(
        """
        {
          "openapi": "3.1.0",
          "info": {
            "title": "Chat completions",
            "description": "Given a list of messages, the model returns the next one.",
            "version": "2026-11-21"
          },
          "parameters": {
            "max_tokens": {
              "type": "integer",
              "description": "The largest number of tokens that may be generated for the answer.",
              "minimum": 0
            },
            "temperature": {
              "type": "number",
              "description": "Higher values make the output more random, lower values more focused."
            }
          }
        }
        """);

    final String text;

    Text(String text) {
      this.text = text;
    }

    long truth() {
      return TRUTH.countTokensOrdinary(text);
    }

    long bytes() {
      return text.getBytes(StandardCharsets.UTF_8).length;
    }
  }

  private static Body body(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    try {
      BodyOutcome outcome =
          BodyReader.read(
              new ByteArrayInputStream(bytes),
              bytes.length,
              1 << 24,
              new BodyMemory(1 << 24).hold(),
              null);
      return ((BodyOutcome.Complete) outcome).body();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String chat(String escapedText) {
    return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\""
        + escapedText
        + "\"}]}";
  }

  @ParameterizedTest
  @EnumSource(Text.class)
  void bytes_divided_by_four_are_near_the_truth(Text text) {
    double ratio = (double) Price.estimate(text.bytes()) / text.truth();
    assertThat(ratio).isBetween(0.75, 1.5);
  }

  @ParameterizedTest
  @EnumSource(Text.class)
  void a_tokenizer_is_nearer(Text text) {
    String longer = text.text.repeat(40);
    Body body = body(chat(JsonText.escape(longer)));
    double ratio =
        (double) COUNTER.tokens(body, longer.getBytes(StandardCharsets.UTF_8).length)
            / TRUTH.countTokensOrdinary(longer);
    assertThat(ratio).isBetween(0.95, 1.05);
  }

  /** What Python's json writes by default counts as the text that it stands for. */
  @Test
  void escapes_are_counted_as_what_they_stand_for() {
    StringBuilder escaped = new StringBuilder();
    for (char c : Text.CHINESE.text.toCharArray()) {
      escaped.append(String.format("\\u%04x", (int) c));
    }
    double ratio =
        (double) COUNTER.tokens(body(chat(escaped.toString())), Text.CHINESE.bytes())
            / Text.CHINESE.truth();
    assertThat(ratio).isBetween(0.95, 1.05);
  }

  @Test
  void names_and_data_urls_are_no_text() {
    String json =
        "{\"a name that is no text\":[\"one\",{\"url\":\"data:image/png;base64,AAAA\"},\"t\\\"wo\"],\"n\":1}";
    assertThat(BodyText.of(body(json), 100)).isEqualTo("one\nt\"wo\n");
    assertThat(BodyText.of(body(json), 2)).isEqualTo("on");
  }

  /** After 50 answers the learned factor is within a tenth of the truth in the mean. */
  @ParameterizedTest
  @EnumSource(Text.class)
  void learns_what_a_model_counts(Text text) {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    Learned.Factor factor = new Learned().of("m").input;
    for (int i = 0; i < 50; i++) {
      String asked = part(text, random);
      factor.learn(estimate(asked), TRUTH.countTokensOrdinary(asked));
    }
    double error = 0;
    for (int i = 0; i < 50; i++) {
      String asked = part(text, random);
      double truth = TRUTH.countTokensOrdinary(asked);
      error += Math.abs(factor.correct(estimate(asked)) - truth) / truth;
    }
    assertThat(error / 50).isLessThanOrEqualTo(0.1);
  }

  private static long estimate(String text) {
    return Price.estimate(text.getBytes(StandardCharsets.UTF_8).length);
  }

  private static String part(Text text, RandomGenerator random) {
    String all = text.text.repeat(4);
    int from = random.nextInt(all.length() / 2);
    return all.substring(from, from + random.nextInt(all.length() / 4, all.length() / 2));
  }

  @Test
  void a_learned_factor_is_bounded_and_patient() {
    Learned.Factor factor = new Learned().of("m").output;
    for (int i = 0; i < 9; i++) {
      factor.learn(100, 100_000);
      assertThat(factor.get()).isEqualTo(1);
    }
    factor.learn(100, 100_000);
    assertThat(factor.get()).isEqualTo(4);
    for (int i = 0; i < 1_000; i++) {
      factor.learn(100, 1);
    }
    assertThat(factor.get()).isBetween(0.25, 0.26);
  }

  /** Names that callers make up share one entry in the end. */
  @Test
  void remembers_a_bounded_number_of_models() {
    Learned learned = new Learned();
    for (int i = 0; i < 10_000; i++) {
      learned.of("model-" + i);
    }
    assertThat(learned.of("one more")).isSameAs(learned.of("another"));
    assertThat(learned.of("model-0")).isNotSameAs(learned.of("another"));
  }

  @Test
  void a_policy_can_ask_for_a_tokenizer() {
    GuardedService service =
        new GuardedService(
            """
            tokens.estimate = o200k_base
            route.chat.paths = /v1/chat/completions
            route.chat.model = body model
            key.a.sha256 = %s
            limits.l = tpm 10k
            key.a.limits = l
            """
                .formatted(Policies.sha256("sk-a")));
    String json =
        "{\"model\":\"m\",\"max_tokens\":0,\"prompt\":\""
            + JsonText.escape(Text.JAPANESE.text)
            + "\"}";
    Decision.Admit admitted = service.admit(Request.post("/v1/chat/completions", json).key("sk-a"));
    long reserved =
        10_000
            - admitted.headers().stream()
                .filter(header -> header.name().equals("x-ratelimit-remaining-tokens"))
                .mapToLong(header -> Long.parseLong(header.value()))
                .sum();
    assertThat((double) reserved / Text.JAPANESE.truth()).isBetween(0.95, 1.05);
  }
}
