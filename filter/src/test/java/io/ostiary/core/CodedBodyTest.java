package io.ostiary.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A6, B2: bodies with a Content-Encoding are judged by what is in them. */
class CodedBodyTest {

  private static final String JSON = "{\"model\":\"qwen-max\",\"prompt\":\"你好🙂\"}";

  private final GuardedService service =
      new GuardedService(
          """
          errors.dialect = modelarts
          route.chat.paths = /chat
          route.chat.model = body model
          route.chat.max-body = 64KiB
          models = qwen-max, deepseek-v3
          key.a.sha256 = %s
          key.a.models = qwen-max
          """
              .formatted(Policies.sha256("sk-a")));

  private static byte[] coded(Coding coding, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream coder = coding.encoding(out)) {
      coder.write(content);
    }
    return out.toByteArray();
  }

  private static Request request(String coding, byte[] body) {
    return Request.bytes("/chat", body)
        .key("sk-a")
        .header("Content-Type", "application/json")
        .header("Content-Encoding", coding);
  }

  @ParameterizedTest
  @CsvSource({"gzip, GZIP", "X-GZIP, GZIP", "' gzip ', GZIP", "deflate, DEFLATE"})
  void finds_the_model_and_gives_the_app_the_coded_bytes(String name, Coding coding)
      throws IOException {
    byte[] bytes = coded(coding, JSON.getBytes(UTF_8));

    Body body = Objects.requireNonNull(service.admit(request(name, bytes)).body());

    assertThat(body.isEdited()).isFalse();
    assertThat(body.stream().readAllBytes()).isEqualTo(bytes);
    byte[] other = coded(coding, JSON.replace("qwen-max", "deepseek-v3").getBytes(UTF_8));
    assertThat(service.refusal(request(name, other))).isEqualTo(Reason.MODEL_NOT_ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "compress", "gzip, gzip", "identity, gzip", "", "gzip;q=1"})
  void another_coding_is_no_media_type_that_is_taken(String name) {
    Decision.Reject reject = service.reject(request(name, JSON.getBytes(UTF_8)));

    assertThat(reject.reason()).isEqualTo(Reason.BODY_ENCODING);
    assertThat(reject.refusal().status()).isEqualTo(415);
  }

  @ParameterizedTest
  @EnumSource(Coding.class)
  void what_is_not_coded_as_it_says_is_refused(Coding coding) throws IOException {
    String name = coding.name();
    byte[] good = coded(coding, JSON.getBytes(UTF_8));
    byte[] twice = Arrays.copyOf(good, 2 * good.length);
    System.arraycopy(good, 0, twice, good.length, good.length);
    byte[] flipped = good.clone();
    flipped[good.length - (coding == Coding.GZIP ? 6 : 1)] ^= 1;

    assertMalformed(name, JSON.getBytes(UTF_8));
    assertMalformed(name, twice);
    assertMalformed(name, flipped);
    assertMalformed(name, Arrays.copyOf(good, good.length + 1));
    for (int length = 0; length < good.length; length++) {
      assertMalformed(name, Arrays.copyOf(good, length));
    }
  }

  private void assertMalformed(String name, byte[] bytes) {
    Decision.Reject reject = service.reject(request(name, bytes));
    assertThat(reject.reason()).isEqualTo(Reason.BODY_MALFORMED);
    assertThat(reject.refusal().status()).isEqualTo(400);
  }

  /** Bare deflate may begin like JSON, and be two documents. */
  @Test
  void bare_deflate_is_refused() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream coder = new DeflaterOutputStream(out, new Deflater(9, true))) {
      coder.write(JSON.getBytes(UTF_8));
    }
    assertMalformed("deflate", out.toByteArray());
  }

  /** RFC 1952 section 2.3: a file's name, a comment, more fields and a check sum of the head. */
  @Test
  void reads_over_everything_that_a_gzip_head_may_have() throws IOException {
    byte[] plain = coded(Coding.GZIP, JSON.getBytes(UTF_8));
    for (int flags = 0; flags < 32; flags++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(plain, 0, 3);
      out.write(flags);
      out.write(plain, 4, 6);
      if ((flags & 4) != 0) {
        out.writeBytes(new byte[] {3, 0, 1, 2, 0});
      }
      if ((flags & 8) != 0) {
        out.writeBytes("a.json\0".getBytes(UTF_8));
      }
      if ((flags & 16) != 0) {
        out.writeBytes("none\0".getBytes(UTF_8));
      }
      if ((flags & 2) != 0) {
        out.writeBytes(new byte[] {7, 9});
      }
      out.write(plain, 10, plain.length - 10);
      service.admit(request("gzip", out.toByteArray()));
    }
    byte[] reserved = plain.clone();
    reserved[3] = 32;
    assertMalformed("gzip", reserved);
  }

  /** B2: 1:1000; the limit is that of the content. */
  @ParameterizedTest
  @EnumSource(Coding.class)
  void a_bomb_is_refused_at_the_limit_of_its_content(Coding coding) throws IOException {
    byte[] bomb = coded(coding, new byte[64 << 20]);
    assertThat(bomb.length).isLessThan(64 * 1024);
    byte[] smaller = coded(coding, (JSON + " ".repeat(8 << 20)).getBytes(UTF_8));

    assertThat(service.refusal(request(coding.name(), bomb))).isEqualTo(Reason.BODY_TOO_LARGE);
    Decision.Reject reject = service.reject(request(coding.name(), smaller));
    assertThat(reject.refusal().status()).isEqualTo(413);
    assertThat(reject.bodyUnread()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Coding.class)
  void content_of_just_the_limit_passes(Coding coding) throws IOException {
    byte[] fits = (JSON + " ".repeat(64 * 1024 - JSON.getBytes(UTF_8).length)).getBytes(UTF_8);
    service.admit(request(coding.name(), coded(coding, fits)));
    byte[] over = Arrays.copyOf(fits, fits.length + 1);
    over[fits.length] = ' ';
    assertThat(service.refusal(request(coding.name(), coded(coding, over))))
        .isEqualTo(Reason.BODY_TOO_LARGE);
  }

  /** Fed in pieces of any size, the scanner sees the same. */
  @ParameterizedTest
  @EnumSource(Coding.class)
  void inflates_in_pieces_of_any_size(Coding coding) throws IOException {
    byte[] noise = new byte[30_000];
    new Random(6).nextBytes(noise);
    String text = JSON.replace("你好🙂", HexFormat.of().formatHex(noise));
    byte[] bytes = coded(coding, text.getBytes(UTF_8));
    for (int size : new int[] {1, 2, 7, 1000, bytes.length}) {
      JsonScanner scanner = new JsonScanner(Fields.of("model"));
      assertThat(problem(coding, bytes, size, scanner)).isNull();
      assertThat(scanner.problem()).isNull();
      assertThat(scanner.string(0)).isEqualTo("qwen-max");
      assertThat(scanner.position()).isEqualTo(text.length());
    }
  }

  private static @Nullable String problem(
      Coding coding, byte[] bytes, int size, JsonScanner scanner) {
    try (Inflating inflating = new Inflating(coding, 1 << 20, scanner)) {
      for (int at = 0; at < bytes.length; at += size) {
        inflating.accept(bytes, at, Math.min(size, bytes.length - at));
      }
      inflating.finish();
      return inflating.problem();
    }
  }
}
