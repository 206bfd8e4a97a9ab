package io.ostiary.tests.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * A server and how the guard is put before its app.
 *
 * @param mainClass the server; its arguments are the policy file and the number of filters
 * @param filters how many guard filters the app installs
 * @param agent the agent's jar, or {@code null} for none
 * @param classPath of the server and the app, or {@code null} for that of the tests
 */
public record Installation(String mainClass, int filters, Path agent, String classPath) {

  /** On the class path of the tests. */
  private Installation(String mainClass, int filters, Path agent) {
    this(mainClass, filters, agent, null);
  }

  /** The filter, once. */
  public static Installation ofFilter(String mainClass) {
    return new Installation(mainClass, 1, null);
  }

  /** The filter, twice in one chain. */
  public static Installation ofTwoFilters(String mainClass) {
    return new Installation(mainClass, 2, null);
  }

  /**
   * The agent, before an app that knows nothing of it; left out where the agent has not been built, unless {@code
   * -Dostiary.agent.required=true} says that it must have been.
   */
  public static Installation ofAgent(String mainClass) {
    return new Installation(mainClass, 0, builtAgent());
  }

  /** The agent, before an app that has the filter too. */
  public static Installation ofAgentAndFilter(String mainClass) {
    return new Installation(mainClass, 1, builtAgent());
  }

  /** No guard at all. */
  public static Installation ofNothing(String mainClass) {
    return new Installation(mainClass, 0, null);
  }

  /** The agent's jar, of which the same holds as of {@link #ofAgent}. */
  public static Path builtAgent() {
    Path jar = Path.of(System.getProperty("ostiary.agent.jar", "agent/target/ostiary-agent.jar"));
    boolean built = Files.isRegularFile(jar);
    if (!built && Boolean.getBoolean("ostiary.agent.required")) {
      throw new AssertionError("the agent has not been built: " + jar);
    }
    Assumptions.assumeTrue(built, () -> "the agent has not been built: " + jar);
    return jar;
  }
}
