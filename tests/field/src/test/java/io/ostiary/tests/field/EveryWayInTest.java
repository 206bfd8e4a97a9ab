package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Keys;
import io.ostiary.tests.contract.Wire;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whichever way a call comes into a server under the agent, it is judged; and what is refused leaves no trace but a line in the log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ParameterizedClass
@MethodSource("io.ostiary.tests.field.Distribution#all")
class EveryWayInTest {

  @Parameter private Distribution distribution;
  private Premises premises;

  @BeforeParameterizedClassInvocation
  void start() throws IOException {
    premises = Premises.of(distribution);
  }

  @AfterParameterizedClassInvocation
  void stop() throws IOException {
    premises.close();
  }

  /** Pitfall 7: each kind of URL, with what the server says of it once it is asked. */
  @ParameterizedTest
  @CsvSource({
    "GET, /servlet, 200",
    "GET, /page.html, 200",
    "HEAD, /page.html, 200",
    "GET, /folder/, 200",
    "GET, /folder, 302",
    "GET, /hello.jsp, 200",
    "GET, /shortcut, 200",
    "GET, /nothing, 404",
    "GET, /WEB-INF/web.xml, 404",
    "OPTIONS, /page.html, 200",
    "DELETE, /servlet, 200",
    "GET, /other/page.html, 200",
    "GET, /other/nothing, 404",
    "GET, /secret/servlet, 403",
  })
  void a_url_of_any_kind_needs_a_key(String method, String path, int status) throws IOException {
    Answer keyless = ask(Ask.of(method, path));
    assertThat(keyless.status()).isEqualTo(401);
    assertThat(keyless.type()).isEqualTo("application/json;charset=utf-8");
    assertThat(keyless.header("Set-Cookie")).isNull();

    assertThat(ask(Ask.of(method, path).key("acme")).status()).isEqualTo(status);
  }

  /** Pitfall 7: servers answer it by themselves, or not at all; nobody's app does. */
  @Test
  void trace_reaches_no_app() throws IOException {
    Answer answer = ask(Ask.of("TRACE", "/servlet").header("X-Mine", "mine"));

    assertThat(answer.status()).isIn(401, 405);
    assertThat(answer.type()).isEqualTo("application/json;charset=utf-8");
    assertThat(answer.text()).doesNotContain("mine", "by a servlet");
  }

  /** Pitfall 7: it asks the server what it can do, and not for any path; Tomcat answers it before there is a request. */
  @Test
  void options_of_the_server_reaches_no_app() throws IOException {
    long touched = touched();
    Answer answer = ask(Ask.of("OPTIONS", "*"));

    assertThat(answer.status()).isIn(200, 400, 401, 403, 404);
    assertThat(answer.text()).doesNotContain("by a servlet", "a page", "<html");
    assertThat(touched() - touched).isEqualTo(touchesOfOneCall());
  }

  /** Pitfall 7: a context that did not start. Tomcat leaves its calls to the root context, Jetty says that it is unavailable. */
  @Test
  void a_context_that_does_not_start_is_guarded_and_told_of_in_the_dialect() throws IOException {
    assertThat(ask(Ask.get("/broken/x")).status()).isEqualTo(401);

    Answer answer = ask(Ask.get("/broken/x").key("acme"));
    assertThat(answer.status()).isEqualTo(distribution.isTomcat() ? 404 : 503);
    assertThat(answer.type()).isEqualTo("application/json;charset=utf-8");
    assertThat(answer.text()).startsWith("{\"error\":{").doesNotContain("does not start");
  }

  /** Pitfall 7: each connector. */
  @Test
  void the_second_connector_is_guarded() throws IOException {
    assertThat(premises.ports()).hasSize(2);
    for (int port : premises.ports()) {
      assertThat(ask(port, Ask.get("/page.html")).status()).isEqualTo(401);
      assertThat(ask(port, Ask.get("/page.html").key("acme")).status()).isEqualTo(200);
    }
  }

  /** Pitfall 7: each host. */
  @Test
  void another_host_is_guarded() throws IOException {
    String get = "GET /page.html HTTP/1.1\r\nHost: " + Premises.OTHER_HOST + "\r\n";
    String key = "Authorization: Bearer " + Keys.secretOf("acme") + "\r\n";
    try (Wire wire = new Wire(premises.server().port())) {
      assertThat(wire.send(get + "\r\n").answer().status()).isEqualTo(401);
      assertThat(wire.send(get + key + "\r\n").answer().text()).contains("a page");
    }
    String servlet = get.replace("/page.html", "/servlet");
    try (Wire wire = new Wire(premises.server().port())) {
      assertThat(wire.send(servlet + key + "\r\n").answer().status()).as("other").isEqualTo(404);
    }
    assertThat(premises.server().outputWith(" context / of "))
        .containsPattern("ostiary: guarding .* context / of .*");
  }

  /** Pitfall 7, P3: a context that comes while the server runs, of which it is said once that it is guarded. */
  @Test
  void a_context_that_comes_later_is_guarded() throws IOException {
    premises.deploy("later");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    Answer answer = ask(Ask.get("/later/page.html").key("acme"));
    while (answer.status() != 200 && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      answer = ask(Ask.get("/later/page.html").key("acme"));
    }
    assertThat(answer.status()).isEqualTo(200);
    assertThat(ask(Ask.get("/later/page.html")).status()).isEqualTo(401);
    assertThat(ask(Ask.get("/later/page.html").key("acme")).status()).isEqualTo(200);
    assertThat(premises.server().outputWith(" context /later")).containsOnlyOnce(" context /later");
  }

  /** Pitfall 20: what is refused stands in the server's access log with its status, wherever in the guard it was refused. */
  @ParameterizedTest
  @CsvSource({
    "logged-401, 401, key",
    "logged-404, 404, model",
    "logged-413, 413, length",
    "logged-429, 429, limit",
    "logged-200, 200, nothing",
  })
  void a_refusal_stands_in_the_access_log(String name, int status, String why) throws IOException {
    String path =
        (why.equals("model") ? "/model?" : why.equals("length") ? "/model?" : "/servlet?") + name;
    Ask call = Ask.of("POST", path);
    switch (why) {
      case "key" -> call.key("nobody");
      case "model" -> call.key("acme").json("{\"model\":\"gpt-7\"}");
      case "length" -> call.key("acme").body(new byte[70_000]);
      case "limit" -> {
        assertThat(ask(Ask.of("POST", "/servlet").key("rpm")).status()).isEqualTo(200);
        call.key("rpm");
      }
      default -> call.key("acme");
    }
    assertThat(ask(call).status()).isEqualTo(status);

    String row = "\"POST " + path + " HTTP/1.1\" " + status + " ";
    assertThat(loggedOnce(row)).as(premises.accessLog()).isTrue();
  }

  private boolean loggedOnce(String row) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!premises.accessLog().contains(row) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    String log = premises.accessLog();
    return log.contains(row) && log.indexOf(row) == log.lastIndexOf(row);
  }

  /** Pitfall 22: of what a call touches, one that its head condemns touches nothing: no listener, filter, session, constraint. */
  @Test
  void a_refused_call_touches_nothing_of_the_app() throws IOException {
    long before = touched();
    assertThat(ask(Ask.get("/servlet")).status()).isEqualTo(401);
    assertThat(ask(Ask.get("/secret/servlet").key("nobody")).status()).isEqualTo(401);
    assertThat(ask(Ask.of("POST", "/model").key("acme").body(new byte[70_000])).status())
        .isEqualTo(413);
    assertThat(touched() - before).isEqualTo(touchesOfOneCall());
  }

  /** What the call that asks adds by itself. */
  private long touchesOfOneCall() throws IOException {
    long first = touched();
    return touched() - first;
  }

  private long touched() throws IOException {
    return Long.parseLong(ask(Ask.get("/touched").key("acme")).text().replace("touched ", ""));
  }

  private Answer ask(Ask ask) throws IOException {
    return ask(premises.server().port(), ask);
  }

  private static Answer ask(int port, Ask ask) throws IOException {
    try (Wire wire = new Wire(port)) {
      wire.send(ask.bytes());
      return wire.answerTo(ask.method());
    }
  }
}
