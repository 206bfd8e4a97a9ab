package io.ostiary.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ostiary.core.Guard;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both servlet namespaces in one JVM: what a request is decides whose shell it gets. */
class ShellsTest {

  private final Guard guard;
  private final Shells shells;

  ShellsTest(@TempDir Path directory) throws Exception {
    Console console =
        new Console(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    Path file = directory.resolve("policy.properties");
    Files.writeString(file, "route.all.paths = /**\nroute.all.key = none\n");
    guard = Guard.open(file, console);
    shells = new Shells(guard);
  }

  @AfterEach
  void close() {
    guard.close();
  }

  @Test
  void leads_a_jakarta_request_to_the_jakarta_shell() {
    // A forward: the shell asks for that first, and leaves it as it is.
    assertThat(
            shells.enter(
                request(
                    jakarta.servlet.http.HttpServletRequest.class,
                    jakarta.servlet.DispatcherType.FORWARD),
                response(jakarta.servlet.http.HttpServletResponse.class)))
        .isNull();
  }

  @Test
  void leads_a_javax_request_to_the_javax_shell() {
    assertThat(
            shells.enter(
                request(
                    javax.servlet.http.HttpServletRequest.class,
                    javax.servlet.DispatcherType.FORWARD),
                response(javax.servlet.http.HttpServletResponse.class)))
        .isNull();
  }

  @Test
  void fails_on_what_is_no_servlet_request() {
    assertThatThrownBy(() -> shells.enter("request", "response"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no servlet request");
  }

  @Test
  void defines_a_shell_beside_its_servlet_api_but_keeps_the_one_core() throws Exception {
    BesideLoader loader =
        new BesideLoader(ShellsTest.class.getClassLoader(), "io.ostiary.agent.jakarta.");

    assertThat(loader.loadClass("io.ostiary.agent.jakarta.ServletShell").getClassLoader())
        .isSameAs(loader);
    assertThat(loader.loadClass(Guard.class.getName())).isSameAs(Guard.class);
    assertThat(loader.loadClass("jakarta.servlet.Servlet")).isSameAs(jakarta.servlet.Servlet.class);
  }

  private static Object request(Class<?> type, Object dispatch) {
    return Proxy.newProxyInstance(
        ShellsTest.class.getClassLoader(),
        new Class<?>[] {type},
        (self, method, arguments) ->
            method.getName().equals("getDispatcherType") ? dispatch : null);
  }

  private static Object response(Class<?> type) {
    return Proxy.newProxyInstance(
        ShellsTest.class.getClassLoader(),
        new Class<?>[] {type},
        (self, method, arguments) -> null);
  }
}
