package io.ostiary.servlet.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.core.Body;
import io.ostiary.core.Call;
import io.ostiary.core.Decision;
import io.ostiary.core.Guard;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a body that is there already is told of to a listener. */
class ReplayedStreamTest {

  private final AtomicInteger tasks = new AtomicInteger();
  private final ReadListener listener =
      fake(ReadListener.class, (proxy, method, arguments) -> null);
  private final ReplayedStream stream;

  ReplayedStreamTest(@TempDir Path directory) throws Exception {
    stream = new ReplayedStream(body(directory), request(tasks));
  }

  @Test
  void tells_of_data_only_after_the_app_has_returned() {
    stream.setReadListener(listener);
    assertThat(tasks).hasValue(0);
    stream.appHasReturned();
    assertThat(tasks).hasValue(1);
  }

  @Test
  void tells_a_listener_of_data_that_comes_after_the_app_has_returned() {
    stream.appHasReturned();
    assertThat(tasks).hasValue(0);
    stream.setReadListener(listener);
    assertThat(tasks).hasValue(1);
  }

  /** As when a thread of the app's own sets it in that very moment, and both find that the other is there. */
  @Test
  void tells_of_data_once() {
    stream.appHasReturned();
    stream.setReadListener(listener);
    stream.appHasReturned();
    assertThat(tasks).hasValue(1);
  }

  /** A request whose container counts the tasks it is given. */
  private static HttpServletRequest request(AtomicInteger tasks) {
    AsyncContext context =
        fake(AsyncContext.class, (proxy, method, given) -> ignore(tasks.incrementAndGet()));
    return fake(
        HttpServletRequest.class,
        (proxy, method, given) -> method.getName().equals("isAsyncStarted") ? true : context);
  }

  private static @Nullable Object ignore(int count) {
    return null;
  }

  private static Body body(Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("policy.properties"), "route.a.paths = /a\nroute.a.key = none\n");
    try (Guard guard = Guard.open(file, new SystemLog())) {
      Call call = fake(Call.class, (proxy, method, given) -> told(method.getName()));
      Decision.Proceed proceed = (Decision.Proceed) guard.arrive(call);
      Decision decision =
          guard.enter(proceed.arrival(), call, () -> new ByteArrayInputStream(new byte[1]));
      return Objects.requireNonNull(((Decision.Admit) decision).body());
    }
  }

  private static @Nullable Object told(String method) {
    return switch (method) {
      case "method" -> "POST";
      case "rawPath" -> "/a";
      case "peer" -> "127.0.0.1";
      case "headers" -> Collections.emptyIterator();
      case "declaredLength" -> -1L;
      case "isMultiplexed" -> true;
      default -> null;
    };
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
