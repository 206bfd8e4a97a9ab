package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.Installation;
import io.ostiary.tests.contract.ServerProcess;
import io.ostiary.tests.contract.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tomcat's own examples with the agent and without: the same answers, but for their dates, an id, and a charset that is named. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransparencyTest {

  private static final String TOMCAT = "tomcat-10.1.59";

  /** Sessions, times, and the charset that the guard names where the app does not. */
  private static final Pattern DIFFERENT =
      Pattern.compile(
          "[0-9A-F]{32}|\\d\\d:\\d\\d:\\d\\d|(?<=Content-Type: text/[a-z]{1,9});charset=(?i:utf-8)");

  private ServerProcess without;
  private ServerProcess with;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    Path policy =
        Files.writeString(
            directory.resolve("policy.properties"),
            "errors.normalise = none\nroute.all.paths = /**\nroute.all.key = none\n");
    without = Distribution.startExamples(TOMCAT);
    with =
        Distribution.startExamples(
            TOMCAT, "-javaagent:" + Installation.builtAgent() + "=" + policy);
    without.port();
    with.port();
  }

  @AfterAll
  void stop() throws IOException {
    without.close();
    with.close();
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

    Answer expected = ask(without, method, call);
    Answer answer = ask(with, method, call);

    assertThat(headOf(answer)).isEqualTo(headOf(expected));
    assertThat(plain(answer.text())).isEqualTo(plain(expected.text()));
    assertThat(answer.body()).hasSameSizeAs(expected.body());
  }

  private static Answer ask(ServerProcess server, String method, String call) throws IOException {
    try (Wire wire = new Wire(server.port())) {
      return wire.send(call).answerTo(method);
    }
  }

  private static List<String> headOf(Answer answer) {
    return answer.head().stream()
        .filter(line -> !line.startsWith("Date: ") && !line.startsWith("x-request-id: "))
        .map(TransparencyTest::plain)
        .toList();
  }

  private static String plain(String text) {
    return DIFFERENT.matcher(text).replaceAll("");
  }
}
