package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Iterator;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** E1: a request's id is the caller's own if it is well formed, and a new one in the vendor's form otherwise. */
class RequestIdsTest {

  static Iterable<String> dialects() {
    return Dialect.BUILT_IN;
  }

  @ParameterizedTest
  @CsvSource({
    "modelarts, x-span-id, fedcba9876543210fedcba9876543210",
    "dashscope, x-request-id, fedcba98-7654-4210-bedc-ba9876543210",
    "dashscope-compatible, x-request-id, fedcba98-7654-4210-bedc-ba9876543210",
    "eas, x-request-id, fedcba98-7654-4210-bedc-ba9876543210",
    "openai, x-request-id, req_fedcba9876543210fedcba9876543210",
    "anthropic, request-id, req_fedcba9876543210fedcba9876543210",
  })
  void makes_an_id_in_the_vendors_form(String name, String header, String id) {
    Dialect dialect = Dialect.builtIn(name, RequestIdsTest::fixed);

    assertThat(dialect.requestIdHeader()).isEqualTo(header);
    assertThat(dialect.requestId(new Head(header, null))).isEqualTo(id);
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void keeps_the_callers_id(String name) {
    Dialect dialect = Dialect.builtIn(name, RequestIdsTest::fixed);
    for (String id :
        new String[] {"a", "A-z_0.9:1", "x".repeat(64), UUID.randomUUID().toString()}) {
      assertThat(dialect.requestId(new Head(dialect.requestIdHeader(), id))).isEqualTo(id);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a\r\nSet-Cookie: b",
        "a\"b",
        "é",
        "编号",
        "\u0000",
        "a/b",
        "<a>",
        "a,b"
      })
  void replaces_an_id_that_is_not_well_formed(String id) {
    assertThat(
            Dialect.builtIn("modelarts", RequestIdsTest::fixed)
                .requestId(new Head("x-span-id", id)))
        .isEqualTo("fedcba9876543210fedcba9876543210");
  }

  @Test
  void replaces_an_id_longer_than_64_characters() {
    assertThat(RequestIds.isWellFormed("x".repeat(64))).isTrue();
    assertThat(RequestIds.isWellFormed("x".repeat(65))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void its_own_ids_are_well_formed_and_differ(String name) {
    Dialect dialect = Objects.requireNonNull(Dialect.builtIn(name));
    Head head = new Head(dialect.requestIdHeader(), null);

    assertThat(dialect.requestId(head))
        .matches(RequestIds::isWellFormed)
        .isNotEqualTo(dialect.requestId(head));
  }

  @Test
  void a_uuid_is_of_version_4() {
    for (long bits : new long[] {0, -1, 1, Long.MIN_VALUE}) {
      UUID id =
          UUID.fromString(
              Dialect.builtIn("eas", () -> bits).requestId(new Head("x-request-id", null)));
      assertThat(id.version()).isEqualTo(4);
      assertThat(id.variant()).isEqualTo(2);
    }
  }

  private static long fixed() {
    return 0xfedc_ba98_7654_3210L;
  }

  /** The head of a request with at most one header line. */
  private record Head(String name, @Nullable String value) implements Call {

    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String rawPath() {
      return "/v1/chat/completions";
    }

    @Override
    public @Nullable String resolvedPath() {
      return null;
    }

    @Override
    public @Nullable String query() {
      return null;
    }

    @Override
    public String peer() {
      return "203.0.113.9";
    }

    @Override
    public @Nullable String header(String wanted) {
      return wanted.equalsIgnoreCase(name) ? value : null;
    }

    @Override
    public Iterator<String> headers(String wanted) {
      return Collections.emptyIterator();
    }

    @Override
    public long declaredLength() {
      return -1;
    }
  }
}
