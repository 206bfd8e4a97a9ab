package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.GuardingContract;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.PolicyFile;
import io.ostiary.tests.contract.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent in a server as it is distributed, before an app that is a WAR: P3. Only the JVM's flag is added. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ParameterizedClass
@MethodSource("io.ostiary.tests.field.Distribution#all")
class StandaloneTest implements GuardingContract {

  @Parameter private Distribution distribution;
  private ServerProcess process;

  @BeforeParameterizedClassInvocation
  void start() throws IOException {
    Path policy = PolicyFile.write(PolicyFile.class, "contract.properties");
    process = distribution.start("-javaagent:" + Installation.builtAgent() + "=" + policy);
    process.port();
  }

  @AfterParameterizedClassInvocation
  void stop() throws IOException {
    process.close();
  }

  @Override
  public ServerProcess server() {
    return process;
  }

  @Override
  public boolean judgesBeforeContinue() {
    return true;
  }

  @Override
  public boolean hearsTheHeadAlone() {
    return distribution.isTomcat() || distribution.toString().startsWith("jetty-home-12");
  }

  /** Pitfall 57: no warning of the JVM's, and none of ours; what is guarded is said once. */
  @Test
  void nothing_is_said_but_what_is_guarded() {
    assertThat(process.output().lines().filter(line -> line.startsWith("ostiary: ")))
        .noneMatch(line -> line.contains("WARNING") || line.contains("ERROR"))
        .filteredOn(line -> line.contains("by policy"))
        .hasSize(1);
    assertThat(process.output())
        .doesNotContain("Sharing is only supported", "sun.misc.Unsafe", "has been called by");
  }

  /** Pitfall 60: the server's log has the form that its own log manager gives it. */
  @Test
  void the_server_logs_by_its_own_log_manager() {
    Assumptions.assumeTrue(distribution.isTomcat());
    assertThat(process.output()).contains(" INFO [main] org.apache.catalina.");
  }
}
