package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.Keys;
import io.ostiary.tests.contract.PolicyFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A WAR that is deployed fifty times on one server under the agent. */
class RedeployTest {

  private static final Path TARGET = Path.of(System.getProperty("servers")).getParent();

  /** Pitfall 61: each deployment is guarded, and when it is taken away nothing of ours holds its class loader. */
  @Test
  void each_deployment_is_guarded_and_goes() throws IOException, InterruptedException {
    Path policy = PolicyFile.write(RedeployTest.class, "redeployed.properties");
    Path jars = TARGET.resolve("servers/newest/tomcat-11.0.25/lib");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // For Tomcat's own search for leaks.
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED",
                "-javaagent:" + Installation.builtAgent() + "=" + policy,
                "-cp",
                TARGET.resolve("reload") + File.pathSeparator + jars + "/*",
                "io.ostiary.tests.reload.Redeploying",
                TARGET.resolve("war-jakarta").toAbsolutePath().toString(),
                "50",
                Keys.secretOf("acme"))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said.lines().filter(line -> line.matches("(STATUSES|KEPT) .*")).toList())
        .as(said)
        .isEqualTo(List.of("STATUSES [200, 401]", "KEPT 0"));
    assertThat(said)
        .doesNotContain("failed to remove it", "failed to stop it", "io.ostiary.shaded.");
  }
}
