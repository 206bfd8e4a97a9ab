package io.ostiary.tests.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.Ask;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server whose labels are ASCII, so that nothing of an admitted answer may change, and whose calls name the model in a header. */
class NamedModelTest {

  private static final String HEADER = "X-Amzn-SageMaker-Target-Model";

  private static ScoringServers servers;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException, URISyntaxException {
    Path chinese = Path.of(NamedModelTest.class.getResource("risk").toURI());
    servers = ScoringServers.start(inEnglish(chinese, folder), "named-model.properties");
    // The folder is needed until the model is read.
    servers.unguarded().port();
    servers.guarded().port();
  }

  @AfterAll
  static void stop() throws IOException {
    servers.close();
  }

  private static Path inEnglish(Path model, Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(model)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(model.relativize(file).toString());
        Files.createDirectories(target.getParent());
        String text = Files.readString(file, UTF_8);
        Files.writeString(target, text.replace("低风险", "low").replace("高风险", "high"), UTF_8);
      }
    }
    return copy;
  }

  @Test
  void leaves_labels_in_ascii_as_they_are() throws IOException {
    Answer unguarded = servers.askUnguarded(scoreBy("bank", "risk-a"));
    Answer guarded = servers.askGuarded(scoreBy("bank", "risk-a"));

    assertThat(unguarded.text()).isEqualTo("[\"low\",\"high\"]");
    assertThat(guarded.body()).isEqualTo(unguarded.body());
    assertThat(ScoringServers.headOf(guarded)).isEqualTo(ScoringServers.headOf(unguarded));
  }

  /** A4, A5. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "risk | risk-a  | 200 |",
        "bank | pricing | 200 |",
        "risk | pricing | 403 | The model pricing is not on the allowlist of this token.",
        "bank | fraud   | 404 | The model fraud is not served at /invocations.",
        "bank | other   | 404 | The model other does not exist.",
      })
  void judges_the_model_that_the_header_names(String key, String model, int status, String message)
      throws IOException {
    Answer answer = servers.askGuarded(scoreBy(key, model));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text())
        .startsWith(message == null ? "[" : "{\"error\":{\"message\":\"" + message + "\"");
  }

  @ParameterizedTest
  @CsvSource({"bank", "risk"})
  void refuses_a_call_that_names_no_model(String key) throws IOException {
    Answer answer = servers.askGuarded(score().key(key));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("\"The field " + HEADER + " is required.\"");
  }

  @Test
  void limits_the_calls_of_a_model_whoever_calls() throws IOException {
    assertThat(servers.askGuarded(scoreBy("bank", "risk-b")).status()).isEqualTo(200);
    assertThat(servers.askGuarded(scoreBy("risk", "risk-b")).status()).isEqualTo(429);
    assertThat(servers.askGuarded(scoreBy("risk", "risk-a")).status()).isEqualTo(200);
  }

  private static Ask scoreBy(String key, String model) {
    return score().key(key).header(HEADER, model);
  }

  private static Ask score() {
    return Ask.of("POST", "/invocations")
        .json("{\"columns\":[\"amount\"],\"data\":[[10.0],[5000.0]]}");
  }
}
