package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * E1: status, headers and body of every reason in every built-in dialect, against the files in {@code golden/}. Run with
 * {@code -Dostiary.golden=write} to write them anew, and read the difference before it is committed.
 */
class GoldenRefusalsTest {

  private static final Path GOLDEN = Path.of("src/test/resources/io/ostiary/core/golden");
  private static final String REQUEST_ID = "eab7faf51fff2353e9618dc501223faa";
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** What apps and containers raise. */
  private static final int[] ERRORS = {
    400, 401, 402, 403, 404, 405, 406, 408, 409, 411, 413, 414, 415, 417, 422, 429, 431, 450, 499,
    500, 501, 502, 503, 504, 505, 529, 599
  };

  private static final Facts FACTS =
      Facts.of(Slot.IP, "203.0.113.9")
          .and(Slot.MODEL, "通义-\"max\"")
          .and(Slot.ENDPOINT, "team-a")
          .and(Slot.PATH, "/v1/chat/completions")
          .and(Slot.LIMIT, "2")
          .and(Slot.UNIT, "tokens per minute")
          .and(Slot.SIZE, "4MiB")
          .and(Slot.ESTIMATE, "950")
          .and(Slot.FIELD, "model")
          .and(Slot.VALUE, "SYSTEM")
          .and(Slot.CHOICES, "['system', 'user']")
          .and(Slot.DETAIL, "a name is given twice");

  static Iterable<String> dialects() {
    return Dialect.BUILT_IN;
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void refuses_as_the_golden_file_has_it(String dialect) throws IOException {
    Path file = GOLDEN.resolve(dialect + ".txt");
    String text = text(dialect);
    if ("write".equals(System.getProperty("ostiary.golden"))) {
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void every_body_is_one_json_object_without_duplicates(Reason reason) throws IOException {
    for (String dialect : Dialect.BUILT_IN) {
      for (Facts facts : new Facts[] {FACTS, Facts.NONE}) {
        assertIsJson(refusal(dialect, reason, facts).body(), dialect);
      }
    }
  }

  @Test
  void every_golden_file_is_of_a_dialect() throws IOException {
    try (var files = Files.list(GOLDEN)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
          .containsExactlyInAnyOrderElementsOf(Dialect.BUILT_IN);
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void every_error_s_body_is_one_json_object_without_duplicates(String dialect) throws IOException {
    for (int status : ERRORS) {
      for (String message : new String[] {null, "a \"quote\"\n"}) {
        assertIsJson(error(dialect, status, message).body(), dialect);
      }
    }
  }

  private static void assertIsJson(byte[] body, String dialect) throws IOException {
    try (JsonParser parser = JSON.createParser(body)) {
      parser.nextToken();
      assertThat(parser.isExpectedStartObjectToken()).as(dialect).isTrue();
      parser.skipChildren();
      assertThat(parser.nextToken()).as(dialect).isNull();
    }
    assertThat(new String(body, StandardCharsets.UTF_8)).doesNotContain("None", "\"null\"");
  }

  private static String text(String dialect) {
    StringBuilder text = new StringBuilder();
    for (Reason reason : Reason.values()) {
      append(text, reason.toString(), refusal(dialect, reason, FACTS));
    }
    for (int status : ERRORS) {
      append(text, "an error with " + status, error(dialect, status, null));
    }
    append(text, "an error with 400, of which the app says why", error(dialect, 400, "\"n\" 太大"));
    return text.toString();
  }

  private static void append(StringBuilder text, String title, Refusal refusal) {
    text.append("## ").append(title).append('\n').append(refusal.status()).append('\n');
    for (Header header : refusal.headers()) {
      text.append(header.name()).append(": ").append(header.value()).append('\n');
    }
    text.append('\n').append(new String(refusal.body(), StandardCharsets.UTF_8)).append("\n\n");
  }

  private static Refusal error(String dialect, int status, @Nullable String message) {
    return Dialect.builtIn(dialect, () -> 0)
        .error(
            status,
            message,
            FACTS,
            REQUEST_ID,
            List.of(Dialect.builtIn(dialect, () -> 0).idHeader(REQUEST_ID)));
  }

  private static Refusal refusal(String dialect, Reason reason, Facts facts) {
    return Dialect.builtIn(dialect, () -> 0)
        .refuse(reason, facts, REQUEST_ID, wait(reason), List.of());
  }

  /** What the limits report: a wait, or Bucket4j's "never". */
  private static long wait(Reason reason) {
    return switch (reason) {
      case QPS_EXCEEDED,
          RPM_EXCEEDED,
          RPD_EXCEEDED,
          TPM_EXCEEDED,
          ITPM_EXCEEDED,
          OTPM_EXCEEDED,
          TPD_EXCEEDED,
          CONCURRENCY_EXCEEDED,
          QUEUE_FULL,
          BODIES_FULL,
          NOT_READY ->
          1_200_000_000L;
      case TOKENS_NEVER_FIT -> Long.MAX_VALUE;
      default -> 0;
    };
  }
}
