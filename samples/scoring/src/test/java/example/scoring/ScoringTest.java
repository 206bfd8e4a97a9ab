package example.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The application by its own {@code web.xml} on a real Tomcat, with a filter in the guard's place that does nothing. */
class ScoringTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private static Path base;

  private static final Tomcat TOMCAT = new Tomcat();

  @BeforeAll
  static void start() throws Exception {
    Path web = Files.createDirectories(base.resolve("app/WEB-INF"));
    String descriptor = Files.readString(Path.of("src/main/webapp/WEB-INF/web.xml"));
    Files.writeString(
        web.resolve("web.xml"),
        descriptor.replace(
            "io.ostiary.servlet.jakarta.OstiaryFilter", PassingFilter.class.getName()));
    TOMCAT.setBaseDir(base.toString());
    TOMCAT.setHostname("127.0.0.1");
    TOMCAT.setPort(0);
    TOMCAT.getConnector().setProperty("address", "127.0.0.1");
    TOMCAT.addWebapp("", base.resolve("app").toString());
    TOMCAT.start();
  }

  @AfterAll
  static void stop() throws Exception {
    TOMCAT.stop();
    TOMCAT.destroy();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0,    ,  , 低风险, 0.97",
    "1000,    ,  , 低风险, 0.97",
    "1000.01, ,  , 高风险, 0.15",
    "5000, 24,   , 高风险, 0.15",
    "5000, 25,  0, 低风险, 0.75",
    "10.0,  1,  2, 低风险, 0.97",
    "99.9,  1,  3, 低风险, 0.6",
    "100.0, 1,  3, 高风险, 0.1",
  })
  void the_model_scores_by_its_tree(
      double amount, @Nullable Integer months, @Nullable Integer overdue, String risk, double low) {
    Map<String, @Nullable Object> record = new HashMap<>();
    record.put("amount", amount);
    record.put("months", months);
    record.put("overdue", overdue);

    Map<String, ?> score = RiskModel.load().score(record);

    assertThat(score.get("risk")).isEqualTo(risk);
    assertThat(score.get("probability(低风险)")).isEqualTo(low);
  }

  /** The fault that this app has in common with many: it leaves the charset to its container. */
  @Test
  void on_its_own_it_loses_chinese() throws Exception {
    HttpResponse<String> response = post("{\"amount\": 10.0}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo("{\"risk\":\"???\",\"probability(???)\":0.97,\"probability(???)\":0.03}");
  }

  @Test
  void scores_a_batch_in_its_order() throws Exception {
    assertThat(post("[{\"amount\": 10.0}, {\"amount\": 5000}]").body())
        .matches("\\[\\{.*0\\.97.*},\\{.*0\\.15.*}]");
    assertThat(post("[]").body()).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "7", "[7]", "{}", "{\"amount\": -1}", "{\"amount\": \"much\"}"})
  void refuses_what_it_cannot_score(String body) throws Exception {
    HttpResponse<String> response = post(body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).startsWith("{\"error\":\"");
  }

  @Test
  void answers_a_ping() throws Exception {
    assertThat(get("/ping").body()).isEqualTo("pong");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ping", "/score", "/nowhere"})
  void the_guard_would_stand_before_every_path_with_the_servers_policy(String path)
      throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.headers().firstValue("x-config"))
        .hasValue(base.toRealPath() + "/conf/ostiary.properties");
    assertThat(response.headers().firstValue("x-async")).hasValue("true");
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString(UTF_8));
  }

  private static HttpResponse<String> post(String body) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(uri("/score"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body, UTF_8))
            .build(),
        BodyHandlers.ofString(UTF_8));
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + TOMCAT.getConnector().getLocalPort() + path);
  }
}
