package io.ostiary.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.agent.ChildJvm.Running;
import io.ostiary.agent.ChildJvm.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The built jar, started in JVMs of their own. Each runs in a directory with a space in its name. */
class AgentStartIT {

  private static final String JAR = System.getProperty("agent.jar");

  private final Path directory;

  AgentStartIT(@TempDir Path temporary) throws IOException {
    directory = Files.createDirectory(temporary.resolve("a b"));
    Files.writeString(
        directory.resolve("policy.properties"), "route.all.paths = /**\nroute.all.key = none\n");
    Files.writeString(directory.resolve("bad.properties"), "bogus = 1\nroute.all.paths = /**\n");
  }

  /** Pitfalls 57 and 58. */
  @Test
  void adds_no_line_of_its_own_and_no_class_but_its_hooks_to_an_application() {
    Said said = jvm().with(agent("policy.properties")).probe();

    assertThat(said.exit()).isZero();
    assertThat(said.err()).isEmpty();
    assertThat(said.out().lines())
        .contains("running", "sees io.ostiary.agent.hook.Hooks")
        .filteredOn(line -> line.startsWith("sees "))
        .hasSize(1);
  }

  /** Pitfall 60: Tomcat's log manager comes too late once anybody has used another. */
  @Test
  void touches_no_log_manager_before_the_application() {
    Said said = jvm().with("-Xlog:class+load", agent("policy.properties")).probe();

    assertThat(said.out()).contains("io.ostiary.core.Guard ").doesNotContain("java.util.logging.");
  }

  /** Issue 7's seventh: one record that is compared has the JDK link a hundred classes. */
  @Test
  void compares_no_records_on_the_way_to_an_applications_start() throws IOException {
    Files.writeString(
        directory.resolve("rich.properties"),
        """
        models = qwen-max, deepseek-v3
        service.limits = rpm 1000
        limits.gold = rpm 20, tpm 1000
        route.chat.paths = /v1/chat, /v1/chats
        route.chat.dialect = dashscope
        route.chat.model = body model, header X-Model
        key.a.sha256 = d02d87d0b9ff6c07b16d4f3cea97c1a84ba387fc3d5888a676d7894d04d56d1c
        key.a.ips = 127.0.0.0/8, 2001:db8::/32
        key.a.models = qwen-*
        key.a.limits = gold
        """);

    Said said = jvm().with("-Xlog:class+load", agent("rich.properties")).probe();

    assertThat(said.exit()).isZero();
    assertThat(said.out())
        .contains("io.ostiary.core.RateMeter ")
        .doesNotContain("java.lang.runtime.ObjectMethods");
  }

  /** Pitfall 68: what is said otherwise than so is taken for a mistake, and guarded. */
  @ParameterizedTest
  @CsvSource({"false, NOTHING IS GUARDED, 0", "no, 'takes true or false, not no', 1"})
  void is_switched_off_by_one_word_alone(String word, String says, int exit) {
    Said said = jvm().with("-Dostiary.agent.enabled=" + word, agent("bad.properties")).probe();

    assertThat(said.exit()).isEqualTo(exit);
    assertThat(said.err()).contains(says);
  }

  @Test
  void stops_the_start_on_a_bad_policy_with_the_list_of_its_problems() {
    Said said = jvm().with(agent("bad.properties")).probe();

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out()).doesNotContain("running");
    assertThat(said.err())
        .startsWith("ostiary: cannot guard")
        .contains("bad.properties:1: bogus")
        .doesNotContain("\tat ");
  }

  @Test
  void stops_the_start_when_no_policy_can_be_found() {
    Said said = jvm().with("-javaagent:" + JAR).probe();

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.err()).startsWith("ostiary: cannot guard").doesNotContain("\tat ");
  }

  /** Pitfall 63. */
  @Test
  void says_which_switch_of_its_own_does_not_exist() {
    Said said = jvm().with("-Dostiary.agent.enabeld=false", agent("policy.properties")).probe();

    assertThat(said.exit()).isZero();
    assertThat(said.err().strip())
        .isEqualTo(
            "ostiary: WARNING: no setting has the name ostiary.agent.enabeld; did you mean \"ostiary.agent.enabled\"?");
  }

  @Test
  void guards_once_when_it_is_given_twice() {
    Said said = jvm().with(agent("policy.properties"), agent("policy.properties")).probe();

    assertThat(said.exit()).isZero();
    assertThat(said.err().lines()).hasSize(1).first().asString().contains("already guarding");
  }

  @Test
  void says_so_when_no_server_has_appeared() {
    Running running =
        jvm().with("-Dostiary.agent.warn-after=1", agent("policy.properties")).start();
    running.awaitErrors("NOTHING IS GUARDED");

    assertThat(running.end().err()).startsWith("ostiary: WARNING: NOTHING IS GUARDED");
  }

  /** A probe must not take what a JVM has left behind that was killed for the word of the next. */
  @ParameterizedTest
  @ValueSource(strings = {"-Dostiary.agent.enabled=false", "-Dx=missing"})
  void takes_away_the_status_of_a_jvm_that_is_gone(String how) throws IOException {
    Path status = Files.writeString(directory.resolve("status"), armed("1 since long ago"));

    jvm().with(how, "-Dostiary.agent.status=" + status, agent("missing.properties")).probe();

    assertThat(status).doesNotExist();
  }

  /** With JAVA_TOOL_OPTIONS every JVM of a container has the same setting. */
  @Test
  void leaves_the_status_of_another_jvm_alone_that_runs() throws IOException {
    ProcessHandle here = ProcessHandle.current();
    String others = armed(here.pid() + " since " + here.info().startInstant().orElseThrow());
    Path status = Files.writeString(directory.resolve("status"), others);

    Said said = jvm().with("-Dostiary.agent.status=" + status, agent("policy.properties")).probe();

    assertThat(said.err()).contains("tells of another JVM that runs");
    assertThat(status).hasContent(others);
  }

  private static String armed(String owner) {
    return "state = armed\nprocess = " + owner + "\n";
  }

  @Test
  void is_not_in_the_way_of_its_own_commands() {
    Said said = jvm().with(agent("missing.properties"), "-jar", JAR, "version").run().end();

    assertThat(said.exit()).isZero();
    assertThat(said.err()).isEmpty();
  }

  /** Pitfall 62. */
  @Test
  void leaves_the_tools_of_the_jdk_alone() {
    // As with JAVA_TOOL_OPTIONS; a file that does not exist would stop anything else.
    Said said =
        jvm()
            .with(agent("missing.properties"), "-m", "jdk.jartool/sun.tools.jar.Main", "--version")
            .run()
            .end();

    assertThat(said.exit()).isZero();
    assertThat(said.err()).isEmpty();
  }

  /** R9: the tokenizers are in the jar, with their vocabularies. */
  @ParameterizedTest
  @ValueSource(strings = {"o200k_base", "cl100k_base"})
  void has_the_tokenizers(String encoding) throws IOException {
    Files.writeString(
        directory.resolve("counted.properties"),
        "tokens.estimate = " + encoding + "\nroute.all.paths = /**\nroute.all.key = none\n");

    Said said = jvm().with(agent("counted.properties")).probe();

    assertThat(said.exit()).isZero();
    assertThat(said.err()).isEmpty();
  }

  @Test
  void runs_commands() {
    Said version = jvm().with("-jar", JAR, "version").run().end();
    assertThat(version.exit()).isZero();
    assertThat(version.out()).contains(System.getProperty("agent.version"));

    Said good = jvm().with("-jar", JAR, "check", "policy.properties").run().end();
    assertThat(good.exit()).isZero();
    assertThat(good.out()).contains("/**");

    Said bad = jvm().with("-jar", JAR, "check", "bad.properties").run().end();
    assertThat(bad.exit()).isNotZero();
    assertThat(bad.out() + bad.err()).contains("bad.properties:1: bogus");

    Said misused = jvm().with("-jar", JAR, "attach", "4711").run().end();
    assertThat(misused.exit()).isEqualTo(2);
    assertThat(misused.err()).startsWith("attach takes the number of a process and the path");
  }

  @ParameterizedTest
  @CsvSource({"chat, gold", "scoring, bank", "mlflow, bank"})
  void takes_the_policies_of_the_samples(String sample, String key) {
    Path samples = Path.of(JAR).resolveSibling("../../samples").normalize();
    String policy = samples.resolve(sample).resolve("ostiary.properties").toString();

    Said said = jvm().with("-jar", JAR, "check", policy).run().end();

    assertThat(said.err()).isEmpty();
    assertThat(said.exit()).isZero();
    assertThat(said.out()).startsWith("mode enforce\n").containsPattern("(?m)^" + key + " +\\S");
  }

  private ChildJvm jvm() {
    return new ChildJvm(directory);
  }

  private static String agent(String file) {
    return "-javaagent:" + JAR + "=" + file;
  }
}
