package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tomcat's own examples with the agent, with all that it can put around a call, and without: the same answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransparencyTest {

  private static final String TOMCAT = "tomcat-10.1.59";

  private ThreeWays ways;

  @BeforeAll
  void start() throws IOException {
    ways = new ThreeWays(options -> Distribution.startExamples(TOMCAT, options));
  }

  @AfterAll
  void stop() throws IOException {
    ways.close();
  }

  /** Pitfalls 37, 46 and 51; with asynchronous and non-blocking servlets, JSPs, forwards, trailers, and an upgrade. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | /examples/                                              |",
        "GET  | /examples                                               |",
        "HEAD | /examples/index.html                                    |",
        "GET  | /examples/index.html                                    | Range: bytes=5-99",
        "GET  | /examples/index.html                                    | If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT",
        "GET  | /examples/jsp/images/code.gif                           |",
        "GET  | /docs/config/http.html                                  |",
        "HEAD | /docs/config/http.html                                  |",
        "GET  | /docs/config/http.html                                  | Range: bytes=1000-99999",
        "GET  | /docs/config/http.html                                  | Range: bytes=0-9,20-29",
        "GET  | /docs/images/cors-flowchart.png                         | Accept-Encoding: gzip",
        "GET  | /examples/servlets/servlet/HelloWorldExample            | Accept-Language: de",
        "GET  | /examples/servlets/servlet/RequestInfoExample/a%20b?c=d |",
        "GET  | /examples/servlets/servlet/RequestHeaderExample         | X-Mine: yes",
        "POST | /examples/servlets/servlet/RequestParamExample          | Content-Type: application/x-www-form-urlencoded",
        "GET  | /examples/servlets/servlet/CookieExample                | Cookie: a=b",
        "GET  | /examples/jsp/forward/two.jsp                           |",
        "GET  | /examples/jsp/jsp2/el/basic-arithmetic.jsp              |",
        "GET  | /examples/async/async0                                  |",
        "GET  | /examples/async/async1                                  |",
        "GET  | /examples/async/async3                                  |",
        "POST | /examples/servlets/nonblocking/bytecounter              |",
        "GET  | /examples/servlets/trailers/response                    | TE: trailers",
        "GET  | /examples/nothing                                       |",
        "GET  | /examples/WEB-INF/web.xml                               |",
        "OPTIONS | /examples/index.html                                 |",
        "TRACE | /examples/index.html                                   |",
        "GET  | /examples/websocket/echoProgrammatic                    | Upgrade: websocket; Connection: Upgrade; Sec-WebSocket-Version: 13; Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      })
  void an_answer_is_the_same(String method, String path, String headers) throws IOException {
    String body = method.equals("POST") ? "firstname=J%C3%BCrgen&lastname=x" : "";
    String head = headers == null ? "" : headers.replace("; ", "\r\n") + "\r\n";
    String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
    String call =
        method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + head + length + "\r\n" + body;

    ways.ask(call.getBytes(StandardCharsets.ISO_8859_1), method);
  }

  /** Pitfall 46: one whose end has fields of its own. */
  @Test
  void an_answer_to_a_chunked_body_with_trailers_is_the_same() throws IOException {
    String call =
        """
        POST /examples/servlets/nonblocking/bytecounter HTTP/1.1
        Host: localhost
        Transfer-Encoding: chunked
        Trailer: X-Sum

        5
        hello
        7;a=b
        , world
        0
        X-Sum: 12

        """
            .replace("\n", "\r\n");

    Answer told = ways.ask(call.getBytes(StandardCharsets.ISO_8859_1), "POST");

    assertThat(told.text()).contains("12");
  }

  /** Over HTTP/2, on one connection: a file that is sent as it lies there, and what a servlet says, also of a body. */
  @Test
  void an_answer_over_http_2_is_the_same() throws Exception {
    List<String> expected = overHttp2(ways.servers().get("without"));

    assertThat(expected).hasSize(5).allMatch(answer -> answer.startsWith("200 {"));
    assertThat(overHttp2(ways.servers().get("open"))).isEqualTo(expected);
    assertThat(overHttp2(ways.servers().get("wrapped"))).isEqualTo(expected);
  }

  private static List<String> overHttp2(ServerProcess server) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    String origin = "http://localhost:" + server.port();
    List<String> paths =
        List.of(
            "/examples/servlets/servlet/HelloWorldExample",
            "/docs/config/http.html",
            "/examples/async/async0",
            "/examples/jsp/jsp2/el/basic-arithmetic.jsp",
            "/examples/servlets/nonblocking/bytecounter");
    List<String> answers = new ArrayList<>();
    for (String path : paths) {
      HttpRequest.Builder ask = HttpRequest.newBuilder(URI.create(origin + path));
      if (path.endsWith("bytecounter")) {
        ask.POST(HttpRequest.BodyPublishers.ofString("x".repeat(200_000)));
      }
      HttpResponse<String> answer = client.send(ask.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      Map<String, List<String>> head = new TreeMap<>(answer.headers().map());
      head.keySet().removeAll(List.of("date", "x-request-id", "set-cookie"));
      answers.add(ThreeWays.plain(answer.statusCode() + " " + head + " " + answer.body()));
    }
    return answers;
  }

  /** Pitfall 51: with frames. */
  @ParameterizedTest
  @ValueSource(strings = {"echoProgrammatic", "echoAnnotation", "echoStreamAnnotation"})
  void a_web_socket_sends_back_the_same(String example) throws IOException {
    Echoed whole = new Echoed(101, Echoed.TEXT, Echoed.BYTES, "p");
    for (ServerProcess server : ways.servers().values()) {
      String path = "/examples/websocket/" + example;
      assertThat(Echoed.of(server.port(), path, null)).isEqualTo(whole);
    }
  }
}
