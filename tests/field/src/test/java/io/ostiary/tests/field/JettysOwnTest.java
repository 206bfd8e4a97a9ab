package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Jetty's own tests of its servlets, with the agent in their JVM: what passes without it passes with it. With {@code -Pmatrix}
 * alone; one run takes three minutes and more.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JettysOwnTest {

  /** Nobody asks for the path. */
  private static final String NOTHING_MATCHES =
      "errors.normalise = none\nroute.other.paths = /nobody/asks/this\nroute.other.key = none\n";

  /** Everything is read, metered and timed; only observed, so that nothing is refused and no answer has an id. */
  private static final String ALL_IS_WRAPPED =
      """
      mode = observe
      charset = off
      errors.normalise = none
      route.all.paths = /**
      route.all.timeout = 10m
      key.any.anonymous = true
      key.any.limits = tpm 1000M, concurrent 1000
      """;

  /** An app's listener hears of the attributes in which doors tell each other what they have found. */
  private static final Set<String> HEARS_OF_ATTRIBUTES =
      Set.of("ServletContextHandlerTest#testListenersFromContextListener");

  /** They count wrappers, or cast to Jetty's own classes what they are given. */
  private static final Set<String> LOOKS_AT_CLASSES =
      Set.of(
          "AsyncContextTest#testDispatch()",
          "AsyncContextTest#testDispatchRequestResponse()",
          "AsyncServletTest#",
          "GzipHandlerTest#testBufferResponse()");

  private TestRun without;

  @BeforeAll
  void runWithout() throws Exception {
    Assumptions.assumeTrue(TestRun.isPossible(), "only with -Pmatrix");
    without = TestRun.of(List.of());
    assertThat(without.count()).isGreaterThan(500);
  }

  @Test
  void what_passes_without_the_agent_passes_where_nothing_is_guarded() throws Exception {
    assertThat(lost(NOTHING_MATCHES)).allMatch(test -> isOf(HEARS_OF_ATTRIBUTES, test));
  }

  @Test
  void what_passes_without_the_agent_passes_with_all_that_it_can_wrap() throws Exception {
    assertThat(lost(ALL_IS_WRAPPED))
        .allMatch(test -> isOf(HEARS_OF_ATTRIBUTES, test) || isOf(LOOKS_AT_CLASSES, test));
  }

  private List<String> lost(String policy) throws Exception {
    String agent = ThreeWays.agent(policy);
    List<String> lost = without.lostBy(TestRun.of(List.of(), agent));
    // A few pass or fail by chance.
    Set<String> classes = lost.stream().map(TestRun::classOf).collect(Collectors.toSet());
    TestRun again = TestRun.of(classes, agent);
    return lost.stream().filter(without.lostBy(again)::contains).toList();
  }

  private static boolean isOf(Set<String> starts, String test) {
    return starts.stream()
        .anyMatch(start -> Pattern.compile("\\." + Pattern.quote(start)).matcher(test).find());
  }
}
