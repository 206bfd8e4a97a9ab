package io.ostiary.servlet.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestHeadTest {

  @Test
  void a_tunnel_is_an_upgrade() {
    assertThat(RequestHead.asksForUpgrade(request("HTTP/1.1", -1, null))).isTrue();
    assertThat(RequestHead.asksForUpgrade(request("HTTP/2.0", -1, null))).isTrue();
  }

  /** Servers give a servlet its body all the same, which nobody would have judged. */
  @ParameterizedTest
  @CsvSource({"7,", "-1, chunked"})
  void a_tunnel_with_a_body_is_none(long length, @Nullable String coding) {
    assertThat(RequestHead.asksForUpgrade(request("HTTP/1.1", length, coding))).isFalse();
  }

  private static HttpServletRequest request(String protocol, long length, @Nullable String coding) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            RequestHeadTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, given) ->
                switch (method.getName()) {
                  case "getMethod" -> "CONNECT";
                  case "getProtocol" -> protocol;
                  case "getContentLengthLong" -> length;
                  case "getHeader" -> "Transfer-Encoding".equals(given[0]) ? coding : null;
                  default -> null;
                });
  }
}
