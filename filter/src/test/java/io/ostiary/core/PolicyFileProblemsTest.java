package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Problems of a policy file as a whole, and how they are told when they are long or many. */
class PolicyFileProblemsTest {

  private final PolicyFolder folder;

  PolicyFileProblemsTest(@TempDir Path temp) {
    folder = new PolicyFolder(temp);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "key.acme.sha256 = sk-secret",
        "key.acme.secret = sk-secret",
        "key.acme.secrt = sk-secret",
        "sk-secret",
        "key.acme.sha256 = ${KEY}",
        "key.acme.sha256 = sk-secret ${GONE}",
        "key.acme.sha256 = ${file:key.txt}",
        "on-failure = ${KEY}",
        "errors.dialect = ${KEY}",
        "key.acme.limits = ${KEY}",
        "route.chat.model = ${KEY}",
        "key.acme.expires = ${KEY}",
        "key.acme.secret = sk-secret, sk-secret",
      })
  void never_show_a_secret(String line) {
    folder.environment.put("KEY", "sk-secret");
    folder.write("key.txt", "sk-secret\n");
    folder.write("route.chat.paths = /v1/chat\n" + line);

    PolicyReading reading = folder.read();

    assertThat(reading.problems()).isNotEmpty();
    assertThat(reading.toString()).doesNotContain("sk-secret");
    assertThat(new PolicyException(reading.problems())).hasMessageNotContaining("sk-secret");
    assertThat(folder.log.lines.toString()).doesNotContain("sk-secret");
  }

  @Test
  void stay_on_one_line_whatever_the_value() {
    assertThat(folder.problem("mode = x\\ny\\u001b" + "z".repeat(500) + "\n" + PolicyFolder.LEAST))
        .contains("mode = x?y?zzz")
        .doesNotContain("\n")
        .hasSizeLessThan(250);
  }

  @Test
  void are_cut_off_when_there_are_thousands() {
    List<String> problems = folder.problems("nonsense\n".repeat(5_000));

    assertThat(problems).hasSize(1_001).last().asString().isEqualTo("and: 4000 more problems");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only words\n", "\uFEFF"})
  void include_an_empty_file(String text) {
    assertThat(folder.problem(text))
        .isEqualTo("ostiary.properties: the file is empty: there is no setting in it");
  }

  @Test
  void include_a_missing_file_and_a_directory_in_its_place() throws IOException {
    assertThat(folder.problems())
        .containsExactly("ostiary.properties: the policy file does not exist");

    Files.createDirectory(folder.file);

    assertThat(folder.problems())
        .containsExactly("ostiary.properties: the policy file is a directory");
  }

  @Test
  void include_a_file_that_is_no_file() {
    PolicyFile device = new PolicyFile(Path.of("/dev/zero"), folder.surroundings(), folder.log);

    assertThat(device.read().problems())
        .map(Problem::toString)
        .containsExactly("/dev/zero: the policy file is not a regular file");
  }
}
