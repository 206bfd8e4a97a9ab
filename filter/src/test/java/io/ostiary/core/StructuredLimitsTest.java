package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.Parser;
import org.junit.jupiter.api.Test;

/** H3. The draft's headers, read back by a parser of structured fields. */
class StructuredLimitsTest {

  private static GuardedService limited(String limits) {
    return new GuardedService(
        """
        headers.ietf = true
        route.chat.paths = /v1/chat/completions
        key.a.sha256 = %s
        key.a.limits = l
        limits.l = %s
        """
            .formatted(Policies.sha256("sk-a"), limits));
  }

  private static Request call() {
    return Request.chat("m", 5, 1).key("sk-a");
  }

  /** The parameters of each item, by the item's text. */
  private static Map<String, Map<String, Object>> read(List<Header> headers, String name) {
    List<String> lines =
        headers.stream().filter(it -> it.name().equals(name)).map(Header::value).toList();
    Map<String, Map<String, Object>> read = new LinkedHashMap<>();
    for (ListElement<?> item : new Parser(lines).parseList().get()) {
      Map<String, Object> parameters = new LinkedHashMap<>();
      item.getParams().forEach((key, value) -> parameters.put(key, value.get()));
      assertThat(read.put((String) item.get(), parameters)).isNull();
    }
    return read;
  }

  private static Map<String, Map<String, Object>> levels(GuardedService service) {
    return read(service.admit(call()).headers(), "RateLimit");
  }

  @Test
  void budgets_of_requests_are_told_as_policies() {
    GuardedService service = limited("qps 5, rpm 60 burst 20, rpd 1000, tpm 6k");
    assertThat(read(service.admit(call()).headers(), "RateLimit-Policy"))
        .containsOnlyKeys("qps", "rpm", "rpd")
        .containsEntry("qps", Map.of("q", 5L, "w", 1L))
        .containsEntry("rpm", Map.of("q", 60L, "w", 60L))
        .containsEntry("rpd", Map.of("q", 1000L, "w", 86_400L));
  }

  @Test
  void what_is_left_is_told_with_the_time_until_there_is_more() {
    GuardedService service = limited("rpm 6 burst 2, rpd 2000");
    assertThat(levels(service))
        .containsEntry("rpm", Map.of("r", 1L, "t", 10L))
        .containsEntry("rpd", Map.of("r", 1999L, "t", 44L));
    service.pass(5_000);
    assertThat(levels(service)).containsEntry("rpm", Map.of("r", 0L, "t", 5L));
  }

  @Test
  void a_refusal_tells_of_no_time_after_its_retry_after() {
    GuardedService service = limited("rpm 6 burst 1, rpd 2000");
    service.admit(call());
    Decision.Reject refused = service.reject(call());
    assertThat(refused.refusal().headers()).contains(new Header("Retry-After", "10"));
    assertThat(read(refused.refusal().headers(), "RateLimit"))
        .containsEntry("rpm", Map.of("r", 0L, "t", 10L))
        .containsEntry("rpd", Map.of("r", 1999L));
  }

  @Test
  void calls_at_one_time_are_told_in_their_own_unit_and_without_a_time() {
    List<Header> headers = limited("concurrent 3").admit(call()).headers();
    assertThat(read(headers, "RateLimit-Policy"))
        .isEqualTo(Map.of("concurrent", Map.of("q", 3L, "qu", "concurrent-requests")));
    assertThat(read(headers, "RateLimit")).isEqualTo(Map.of("concurrent", Map.of("r", 2L)));
  }

  @Test
  void nothing_is_told_of_tokens_alone() {
    assertThat(limited("tpm 6k").admit(call()).headers())
        .noneMatch(header -> header.name().startsWith("RateLimit"));
  }
}
