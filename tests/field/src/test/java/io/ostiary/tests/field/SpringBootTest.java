package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.PolicyFile;
import io.ostiary.tests.contract.ServerProcess;
import io.ostiary.tests.contract.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The agent before a Spring Boot app in one jar, on Tomcat and on Jetty (P3): Spring's servlet, WebFlux as a servlet, and Spring's
 * {@code ForwardedHeaderFilter} before both. With {@code -Pmatrix} alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ParameterizedClass(allowZeroInvocations = true)
@MethodSource("apps")
class SpringBootTest {

  private static final Path APPS = Path.of(System.getProperty("servers")).resolveSibling("boot");
  private static final Pattern LISTENS =
      Pattern.compile("(?:Tomcat|Jetty) started on ports?(?:\\(s\\):?)? (\\d+)");
  private static final String CALL = "{\"model\":\"qwen-max\"}";
  private static final int FILE = 50 << 20;

  @Parameter private Path app;
  private ServerProcess guarded;
  private ThreeWays ways;

  static List<Path> apps() throws IOException {
    if (!Files.isDirectory(APPS)) {
      return List.of();
    }
    try (Stream<Path> homes = Files.list(APPS)) {
      return homes.filter(home -> Files.exists(home.resolve("app.jar"))).sorted().toList();
    }
  }

  @BeforeParameterizedClassInvocation
  void start() throws IOException {
    Path policy = PolicyFile.write(SpringBootTest.class, "spring.properties");
    guarded = start("-javaagent:" + Installation.builtAgent() + "=" + policy);
    guarded.port();
    ways = new ThreeWays(this::start);
  }

  private ServerProcess start(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(options));
    command.addAll(
        List.of(
            "-Xmx400m",
            "-Djava.io.tmpdir=" + Files.createTempDirectory("spring"),
            "-jar",
            app.resolve("app.jar").toString(),
            "--server.port=0",
            "--server.forward-headers-strategy=framework",
            "--spring.servlet.multipart.max-file-size=64MB",
            "--spring.servlet.multipart.max-request-size=64MB"));
    return ServerProcess.start(command, LISTENS);
  }

  @AfterParameterizedClassInvocation
  void stop() throws IOException {
    guarded.close();
    ways.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openai/x",
        "/openai/later",
        "/openai/events",
        "/openai/mono",
        "/openai/flux",
        "/openai/fails",
        "/reactive/openai/x",
        "/reactive/openai/events",
        "/plain/openai/x",
        "/plain/openai/large",
      })
  void nothing_is_reached_without_a_key_or_with_another_model(String path) throws IOException {
    assertThat(ask(Ask.of("POST", path).json(CALL)).status()).isEqualTo(401);
    Answer other = ask(Ask.of("POST", path).key("acme").json("{\"model\":\"gpt-5\"}"));
    assertThat(other.status()).isEqualTo(404);
    assertThat(other.text()).contains("model_not_found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/openai/later           | {\"model\":\"qwen-max\"}",
        "/openai/events          | data:你好🙂..data:[DONE]..",
        "/openai/mono            | {\"model\":\"qwen-max\"}",
        "/openai/flux            | data:你好🙂..data:qwen-max..data:[DONE]..",
        "/reactive/openai/x      | {\"got\":{\"model\":\"qwen-max\"},\"text\":\"你好\"}",
        "/reactive/openai/events | data:你好🙂..data:[DONE]..",
        "/plain/openai/x         | {\"got\":{\"model\":\"qwen-max\"},\"text\":\"你好\"}",
        "/plain/openai/events    | data:你好🙂..data:[DONE]..",
      })
  void an_admitted_call_is_answered(String path, String expected) throws IOException {
    assumeWrappersAreSeenThrough(path);
    Answer answer = ask(Ask.of("POST", path).key("acme").json(CALL));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(expected.replace("..", "\n\n"));
  }

  /** Spring 5.3 casts the stream of an answer to the server's own class where WebFlux is its servlet: no wrapper can stand there. */
  private void assumeWrappersAreSeenThrough(String path) {
    boolean casts = app.getFileName().toString().startsWith("2.") && path.startsWith("/reactive/");
    Assumptions.assumeFalse(casts, "WebFlux of Spring 5.3 on the server's own streams");
  }

  @Test
  void an_error_is_told_in_the_dialect() throws IOException {
    Answer failed = ask(Ask.of("POST", "/openai/fails").key("acme").json(CALL));
    assertThat(failed.status()).isEqualTo(500);
    assertThat(failed.type()).startsWith("application/json");
    assertThat(guarded.output()).contains("ostiary: guarding ").doesNotContain("ostiary: ERROR");
  }

  /** WebFlux takes the stream before it knows of an error: on Jetty such a one is left as it is, without a body. */
  @ParameterizedTest
  @ValueSource(strings = {"/reactive/openai/fails", "/plain/openai/fails"})
  void an_error_of_webflux_keeps_its_status(String path) throws IOException {
    Answer failed = ask(Ask.of("POST", path).key("acme").json(CALL));
    assertThat(failed.status()).isEqualTo(500);
    assertThat(failed.text()).doesNotContain("asked to");
  }

  /** servlet-pitfalls 28: read by the guard, which looks for the model, or by the container alone. */
  @ParameterizedTest
  @ValueSource(strings = {"/openai/upload", "/files/upload"})
  void a_file_of_fifty_megabytes_lies_there_once_at_most(String path) throws IOException {
    Answer answer = ask(upload(path, "qwen-max", FILE).key("acme"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text())
        .contains("\"size\":" + FILE, "\"doubled\":false", "\"name\":\"a.bin\"")
        .contains("\"model\":\"qwen-max\"");
  }

  /** servlet-pitfalls 28. */
  @Test
  void a_form_with_another_model_is_refused() throws IOException {
    assertThat(ask(upload("/openai/upload", "gpt-5", 1000).key("acme")).status()).isEqualTo(404);
  }

  /** A2: the filter hides the header from the app, not from the guard. */
  @Test
  void a_forwarded_address_is_the_callers_before_springs_own_filter() throws IOException {
    Ask near = Ask.of("POST", "/openai/where").key("away").json(CALL);
    assertThat(ask(near).status()).isEqualTo(401);
    Ask away = Ask.of("POST", "/openai/where").key("away").json(CALL);
    away.header("X-Forwarded-For", "203.0.113.9").header("X-Forwarded-Host", "models.example");
    Answer answer = ask(away.header("X-Forwarded-Proto", "https"));
    assertThat(answer.text()).contains("\"https://models.example/openai/where\"");
  }

  private static Ask upload(String path, String model, int size) {
    byte[] file = new byte[size];
    Arrays.fill(file, (byte) 'x');
    var form = new ByteArrayOutputStream();
    form.writeBytes(
        ("--cut\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n"
                + model
                + "\r\n--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    form.writeBytes(file);
    form.writeBytes("\r\n--cut--\r\n".getBytes(StandardCharsets.UTF_8));
    return Ask.of("POST", path)
        .header("Content-Type", "multipart/form-data; boundary=cut")
        .body(form.toByteArray());
  }

  private Answer ask(Ask ask) throws IOException {
    try (Wire wire = new Wire(guarded.port())) {
      return wire.send(ask.bytes()).answerTo(ask.method());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /openai/x",
    "POST, /openai/later",
    "POST, /openai/events",
    "POST, /openai/mono",
    "POST, /openai/flux",
    "POST, /openai/where",
    "POST, /openai/nothing",
    "POST, /reactive/openai/x",
    "POST, /reactive/openai/events",
    "POST, /reactive/openai/large",
    "POST, /reactive/openai/fails",
    "POST, /plain/openai/x",
    "POST, /plain/openai/events",
    "POST, /plain/openai/large",
    "GET,  /openai/x",
    "HEAD, /nothing",
  })
  void an_answer_is_what_it_is_without_the_agent(String method, String path) throws IOException {
    assumeWrappersAreSeenThrough(path);
    Ask ask = Ask.of(method, path).header("X-Forwarded-Host", "models.example");
    ways.ask(method.equals("POST") ? ask.json(CALL) : ask);
  }

  /** servlet-pitfalls 28. */
  @Test
  void a_file_arrives_as_without_the_agent() throws IOException {
    assertThat(ways.ask(upload("/files/upload", "any", FILE)).text()).contains("\"size\":" + FILE);
  }
}
