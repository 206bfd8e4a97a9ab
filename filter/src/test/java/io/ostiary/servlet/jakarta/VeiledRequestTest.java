package io.ostiary.servlet.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.core.Veil;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.PushBuilder;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

  /** A forward puts its own parameters before those that the client sent, and its own query in place of the client's. */
  @Test
  void a_parameter_of_the_app_s_own_is_not_taken_for_the_key() {
    Veil veil = new Veil(List.of(), "api_key", null).over("a=1&api_key=s%6b-1");
    HttpServletRequest forwarded =
        new VeiledRequest(request("api_key=own&b=2", "own", "sk-1", "of-the-form"), veil);

    assertThat(forwarded.getParameterValues("api_key")).containsExactly("own", "of-the-form");
    assertThat(forwarded.getParameter("api_key")).isEqualTo("own");
    assertThat(forwarded.getQueryString()).isEqualTo("api_key=own&b=2");
    assertThat(forwarded.getParameterMap()).containsOnlyKeys("api_key");
    HttpServletRequest same = new VeiledRequest(request("api_key=sk-1&api_key=sk-1"), veil);
    assertThat(same.getQueryString()).isNull();
  }

  /** A push is a request in the client's name, with the client's headers. */
  @Test
  void a_push_does_not_carry_the_key() {
    Set<String> sent = new TreeSet<>(Set.of("x-api-key", "X-Other", "referer"));
    PushBuilder push =
        fake(
            PushBuilder.class,
            (proxy, method, given) -> {
              if (method.getName().equals("getHeaderNames")) {
                return sent;
              }
              sent.removeIf(name -> name.equalsIgnoreCase((String) given[0]));
              return proxy;
            });
    HttpServletRequest pushing = fake(HttpServletRequest.class, (proxy, method, given) -> push);

    new VeiledRequest(pushing, new Veil(List.of("x-api-key"), null, null)).newPushBuilder();
    assertThat(sent).containsExactlyInAnyOrder("X-Other", "referer");
    new VeiledRequest(pushing, new Veil(List.of(), "api_key", null)).newPushBuilder();
    assertThat(sent).containsExactly("X-Other");
    assertThat(request.newPushBuilder()).isNull();
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** K1. */
  @Test
  void a_veil_shows_nothing_of_what_it_hides() {
    Veil veil = new Veil(List.of("authorization"), "api_key", null).over("api_key=sk-1");
    assertThat(veil.toString()).doesNotContain("sk-1");
    assertThat(veil.hides("sk-1")).isTrue();
  }

  private static HttpServletRequest request(String query, String... values) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            VeiledRequestTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, given) ->
                switch (method.getName()) {
                  case "getQueryString" -> query;
                  case "getParameterValues" -> values;
                  case "getParameterMap" -> Map.of("api_key", values);
                  default -> null;
                });
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
