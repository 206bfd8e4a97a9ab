package io.ostiary.servlet.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ostiary.core.Guard;
import io.ostiary.core.Log;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When an app is interrupted whose time is over at 300 ms. Tomcat drops what is left of a write whose thread is interrupted, and ends
 * the answer as if it were whole.
 */
class ExpiryTest {

  private static final long TIMEOUT_MILLIS = 300;

  /** That of a stuck write: see {@code Deadline}. */
  private static final long PATIENCE_MILLIS = 100;

  private final Map<String, Object> attributes = new HashMap<>();
  private long began;
  private Runnable flush = () -> {};
  private volatile boolean committed;
  private Guard guard;
  private Passage passage;

  @BeforeEach
  void enter(@TempDir Path directory) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest("sk-acme".getBytes(StandardCharsets.UTF_8));
    Path file = directory.resolve("ostiary.properties");
    Files.writeString(
        file,
        """
        service.workers = 1
        service.interrupt = true
        route.a.paths = /v1/**
        route.a.model = none
        route.a.timeout = 300ms
        key.acme.sha256 = %s
        """
            .formatted(HexFormat.of().formatHex(digest)));
    guard = Guard.open(file, new Unheard());
    began = System.nanoTime();
    passage =
        Objects.requireNonNull(
            new Door(guard)
                .enter(
                    fake(HttpServletRequest.class, this::told),
                    fake(HttpServletResponse.class, this::answered)));
  }

  @AfterEach
  void close() {
    assertThatThrownBy(() -> passage.leave(null)).isInstanceOf(BrokenOffException.class);
    assertThat(Thread.interrupted()).as("the container's thread").isFalse();
    guard.close();
  }

  @Test
  void an_app_is_not_interrupted_in_a_write_that_goes_on() throws Exception {
    flush = this::awaitInterrupt;

    passage.response().flushBuffer();

    assertThat(millis()).isGreaterThanOrEqualTo(TIMEOUT_MILLIS + PATIENCE_MILLIS);
  }

  @Test
  void an_app_is_interrupted_after_the_write_in_which_its_time_ended() throws Exception {
    flush =
        () -> {
          while (millis() < TIMEOUT_MILLIS + PATIENCE_MILLIS / 2) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
          }
        };

    passage.response().flushBuffer();

    awaitInterrupt();
  }

  private long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  private void awaitInterrupt() {
    while (!Thread.currentThread().isInterrupted()) {
      assertThat(millis()).as("until it is interrupted").isLessThan(20_000);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private @Nullable Object told(Object proxy, Method method, Object[] given) {
    return switch (method.getName()) {
      case "getAttribute" -> attributes.get(given[0]);
      case "setAttribute" -> attributes.put((String) given[0], given[1]);
      case "removeAttribute" -> attributes.remove(given[0]);
      case "getDispatcherType" -> DispatcherType.REQUEST;
      case "getMethod" -> "GET";
      case "getRequestURI" -> "/v1/x";
      case "getRemoteAddr" -> "127.0.0.1";
      case "getProtocol" -> "HTTP/1.1";
      case "getHeader" -> given[0].equals("Authorization") ? "Bearer sk-acme" : null;
      case "getHeaders" ->
          given[0].equals("Authorization")
              ? Collections.enumeration(List.of("Bearer sk-acme"))
              : Collections.emptyEnumeration();
      case "getContentLengthLong" -> -1L;
      case "getContentLength" -> -1;
      case "isAsyncStarted" -> false;
      default -> null;
    };
  }

  private @Nullable Object answered(Object proxy, Method method, Object[] given) {
    if (method.getName().equals("flushBuffer")) {
      committed = true;
      flush.run();
    }
    return switch (method.getName()) {
      case "getStatus" -> 200;
      case "isCommitted" -> committed;
      case "containsHeader" -> false;
      case "getHeaders", "getHeaderNames" -> List.of();
      default -> null;
    };
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static final class Unheard implements Log {

    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {}

    @Override
    public void error(String message, Throwable cause) {
      throw new AssertionError(message, cause);
    }
  }
}
