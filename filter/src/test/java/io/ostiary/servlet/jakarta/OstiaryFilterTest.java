package io.ostiary.servlet.jakarta;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OstiaryFilterTest {

  private final Path directory;

  OstiaryFilterTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void a_bad_policy_stops_the_start_with_the_list_of_its_problems() throws Exception {
    Path file = Files.writeString(directory.resolve("bad.properties"), "mode = perhaps\nfoo = 1\n");
    assertThatThrownBy(() -> new OstiaryFilter().init(new Config(file.toString())))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("bad.properties:1")
        .hasMessageContaining("mode")
        .hasMessageContaining("bad.properties:2")
        .hasMessageContaining("foo");
  }

  @Test
  void a_filter_that_was_never_started_lets_nothing_pass() {
    HttpServletRequest request = new HttpServletRequestWrapper(nothing(HttpServletRequest.class));
    HttpServletResponse response =
        new HttpServletResponseWrapper(nothing(HttpServletResponse.class));
    assertThatThrownBy(
            () ->
                new OstiaryFilter()
                    .doFilter(
                        request,
                        response,
                        (passedRequest, passedResponse) -> {
                          throw new AssertionError("it passed");
                        }))
        .isInstanceOf(ServletException.class);
  }

  private static <T> T nothing(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
  }

  private record Config(String file) implements FilterConfig {

    @Override
    public String getFilterName() {
      return "guard";
    }

    @Override
    public ServletContext getServletContext() {
      throw new AssertionError("not needed");
    }

    @Override
    public @Nullable String getInitParameter(String name) {
      return name.equals("config") ? file : null;
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
      return Collections.enumeration(Collections.singleton("config"));
    }
  }
}
