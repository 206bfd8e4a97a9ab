package io.ostiary.tests.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.openservices.eas.predict.http.HttpConfig;
import com.aliyun.openservices.eas.predict.http.PredictClient;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** K6 for {@code com.aliyun.openservices.eas:eas-sdk}, which signs its calls and never sends its token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class EasJavaTest {

  private static final String BODY = "{\"model\":\"m\",\"x\":";

  private ServerProcess server;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("token"), "eas-sdk-token");
    Path policy =
        Files.writeString(
            folder.resolve("eas.properties"),
            """
            route.eas.paths = /api/predict/**
            route.eas.dialect = eas
            key.sdk.eas-token = ${file:token}
            """);
    server =
        ServerProcess.start(
            List.of(
                "-javaagent:" + Installation.builtAgent() + "=" + policy,
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ModelServer.class.getName()),
            Pattern.compile("LISTENING (\\d+)"));
    server.port();
  }

  @AfterAll
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private PredictClient client(String token) throws IOException {
    PredictClient client = new PredictClient(new HttpConfig());
    client.setEndpoint("127.0.0.1:" + server.port());
    client.setModelName("m");
    client.setToken(token);
    return client;
  }

  /** Some of these bodies have an MD5 that begins with a zero, which the SDK drops. */
  @Test
  void is_let_in_by_its_signature() throws Exception {
    PredictClient client = client("eas-sdk-token");
    for (int x = 0; x < 50; x++) {
      assertThat(client.predict(BODY + x + "}")).contains("你好");
    }
  }

  @Test
  void is_refused_with_another_token() throws IOException {
    PredictClient client = client("another-token");
    assertThatThrownBy(() -> client.predict(BODY + "0}"))
        .hasMessageContaining("Service authentication failed");
  }
}
