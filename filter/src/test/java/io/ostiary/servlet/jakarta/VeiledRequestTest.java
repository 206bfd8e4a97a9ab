package io.ostiary.servlet.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.core.Veil;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VeiledRequestTest {

  private final HttpServletRequest request =
      new VeiledRequest(containers(), new Veil(List.of("authorization"), "api_key", null));

  /** Jetty 9.4 forwards so, and Servlet 6.1 tells error pages of it. */
  @ParameterizedTest
  @ValueSource(strings = {"forward", "error", "async"})
  void a_key_is_not_in_the_query_of_before_either(String dispatch) {
    assertThat(request.getAttribute("jakarta.servlet." + dispatch + ".query_string"))
        .isEqualTo("a=1");
    assertThat(request.getAttribute("javax.servlet." + dispatch + ".query_string"))
        .isEqualTo("a=1");
  }

  @Test
  void other_attributes_are_the_app_s_own() {
    assertThat(request.getAttribute("jakarta.servlet.include.query_string"))
        .isEqualTo("api_key=sk-1&a=1");
    assertThat(request.getAttribute("x")).isEqualTo("api_key=sk-1&a=1");
  }

  private static HttpServletRequest containers() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            VeiledRequestTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, given) ->
                method.getName().equals("getAttribute") ? "api_key=sk-1&a=1" : null);
  }
}
