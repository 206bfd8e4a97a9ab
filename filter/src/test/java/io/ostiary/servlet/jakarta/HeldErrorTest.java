package io.ostiary.servlet.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ostiary.core.Guard;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app that is writing an error, and thinks again. */
class HeldErrorTest {

  private static final byte[] LONG = "<p>no".repeat(8000).getBytes(StandardCharsets.US_ASCII);

  private final Map<String, Object> attributes = new HashMap<>();
  private final Container container = new Container();
  private final Guard guard;
  private final Passage passage;
  private final HttpServletResponse response;

  HeldErrorTest(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("ostiary.properties");
    Files.writeString(
        file, "route.a.paths = /v1/**\nroute.a.dialect = openai\nroute.a.key = none\n");
    guard = Guard.open(file, new SystemLog());
    passage =
        Objects.requireNonNull(
            new Door(guard).enter(fake(HttpServletRequest.class, this::told), container.response));
    response = passage.response();
  }

  @AfterEach
  void close() {
    guard.close();
  }

  /** As a container has sent what no longer fits its buffer, and with it the status. */
  @Test
  void cannot_make_a_good_answer_of_a_long_error() throws Exception {
    response.setStatus(500);
    response.setContentType("text/html");
    response.getOutputStream().write(LONG);
    assertThat(container.committed).isTrue();
    response.setStatus(200);
    response.setContentType("application/json");
    response.getOutputStream().write("{}".getBytes(StandardCharsets.US_ASCII));
    passage.leave(null);
    assertThat(container.status).isEqualTo(500);
    assertThat(container.text()).contains("\"type\":\"server_error\"").doesNotContain("<p>");
  }

  @Test
  void writes_a_long_error_that_stays_its_own_to_the_last_byte() throws Exception {
    String json = "{\"message\":\"no\"}";
    response.setStatus(500);
    ServletOutputStream out = response.getOutputStream();
    out.write((json + " ".repeat(20_000)).getBytes(StandardCharsets.US_ASCII));
    out.write('!');
    passage.leave(null);
    assertThat(container.text()).isEqualTo(json + " ".repeat(20_000) + "!");
  }

  @Test
  void what_it_throws_after_a_long_error_has_been_answered() throws Exception {
    response.setStatus(500);
    response.getOutputStream().write(LONG);
    assertThat(passage.leave(new IllegalStateException("secret"))).isTrue();
    assertThat(container.text()).contains("server_error").doesNotContain("secret", "<p>");
  }

  @Test
  void leaves_no_digest_of_what_is_not_sent() throws Exception {
    response.setStatus(500);
    response.setHeader("Content-Digest", "sha-256=:AA==:");
    response.setHeader("X-Own", "1");
    response.getOutputStream().write(LONG);
    assertThat(container.headers)
        .containsKeys("X-Own", "x-request-id")
        .doesNotContainKey("Content-Digest");
  }

  /** Containers let it go on with what it took before. */
  @Test
  void begins_anew_by_the_writer_that_it_has() throws Exception {
    PrintWriter out = response.getWriter();
    out.print("well");
    response.reset();
    response.setStatus(500);
    out.print("<p>no");
    out.flush();
    passage.leave(null);
    assertThat(container.status).isEqualTo(500);
    assertThat(container.text()).contains("server_error").doesNotContain("<p>", "well");
  }

  /** The container knows of neither. */
  @Test
  void gets_no_writer_beside_a_stream_that_is_held() throws Exception {
    response.setStatus(500);
    response.getOutputStream().write('<');
    assertThatThrownBy(response::getWriter).isInstanceOf(IllegalStateException.class);
    response.reset();
    assertThat(response.getWriter()).isNotNull();
  }

  @Test
  void gets_no_stream_beside_a_writer_that_is_held() throws Exception {
    response.setStatus(500);
    response.getWriter().write('<');
    assertThatThrownBy(response::getOutputStream).isInstanceOf(IllegalStateException.class);
    response.reset();
    assertThat(response.getOutputStream()).isNotNull();
  }

  private @Nullable Object told(Object proxy, java.lang.reflect.Method method, Object[] given) {
    return switch (method.getName()) {
      case "getAttribute" -> attributes.get(given[0]);
      case "setAttribute" -> attributes.put((String) given[0], given[1]);
      case "getDispatcherType" -> DispatcherType.REQUEST;
      case "getMethod" -> "GET";
      case "getRequestURI" -> "/v1/x";
      case "getRemoteAddr" -> "127.0.0.1";
      case "getProtocol" -> "HTTP/1.1";
      case "getHeaders" -> Collections.emptyEnumeration();
      case "getContentLengthLong" -> -1L;
      case "getContentLength" -> -1;
      case "isAsyncStarted" -> false;
      default -> null;
    };
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** A response of a container that has no buffer limit. */
  private static final class Container {

    final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    final HttpServletResponse response = fake(HttpServletResponse.class, this::told);
    final Map<String, String> headers = new HashMap<>();
    int status = 200;
    boolean committed;
    @Nullable String type;

    String text() {
      return sent.toString(StandardCharsets.UTF_8);
    }

    private @Nullable Object told(Object proxy, java.lang.reflect.Method method, Object[] given) {
      switch (method.getName()) {
        case "setStatus" -> status = committed ? status : (int) given[0];
        case "setContentType" -> type = committed ? type : (String) given[0];
        case "flushBuffer" -> committed = true;
        case "setHeader", "addHeader" -> headers.put((String) given[0], (String) given[1]);
        case "reset" -> {
          if (committed) {
            throw new IllegalStateException("committed");
          }
          sent.reset();
          headers.clear();
          status = 200;
          type = null;
        }
        default -> {}
      }
      return switch (method.getName()) {
        case "getStatus" -> status;
        case "getContentType" -> type;
        case "getCharacterEncoding" -> "ISO-8859-1";
        case "isCommitted" -> committed;
        case "containsHeader" -> headers.containsKey(given[0]);
        case "getHeaderNames" -> List.copyOf(headers.keySet());
        case "getHeaders" ->
            headers.containsKey(given[0]) ? List.of(headers.get(given[0])) : List.of();
        case "getOutputStream" -> new Out(sent);
        case "getWriter" -> new PrintWriter(sent, true, StandardCharsets.UTF_8);
        default -> null;
      };
    }
  }

  private static final class Out extends ServletOutputStream {

    private final ByteArrayOutputStream sent;

    Out(ByteArrayOutputStream sent) {
      this.sent = sent;
    }

    @Override
    public void write(int value) {
      sent.write(value);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}
  }
}
