package io.ostiary.servlet.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ostiary.core.Guard;
import io.ostiary.core.Log;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call with a worker, in a container that goes wrong as the call ends. */
class DepartureTest {

  private final Map<String, Object> attributes = new HashMap<>();
  private final List<AsyncListener> listeners = new ArrayList<>();
  private final RecordedLog log = new RecordedLog();

  /** What has been asked of the container's response, by whichever thread. */
  private final List<String> touched = Collections.synchronizedList(new ArrayList<>());

  private final HttpServletRequest request = fake(HttpServletRequest.class, this::told);
  private final AsyncContext context = fake(AsyncContext.class, this::begun);
  private final Guard guard;
  private final Door door;
  private final Passage passage;
  private BooleanSupplier asyncStarted = () -> false;
  private Runnable completes = () -> {};

  DepartureTest(@TempDir Path directory) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest("sk-acme".getBytes(StandardCharsets.UTF_8));
    Path file = directory.resolve("ostiary.properties");
    Files.writeString(
        file,
        """
        service.workers = 1
        route.a.paths = /v1/**
        route.a.model = none
        route.a.timeout = 300ms
        key.acme.sha256 = %s
        """
            .formatted(HexFormat.of().formatHex(digest)));
    guard = Guard.open(file, log);
    door = new Door(guard);
    passage =
        Objects.requireNonNull(
            door.enter(request, fake(HttpServletResponse.class, this::answered)));
    assertThat(guard.running()).isEqualTo(1);
  }

  @AfterEach
  void close() {
    guard.close();
  }

  /** Pitfall 47: as one throws that has recycled the request meanwhile. */
  @Test
  void frees_its_worker_though_the_container_fails_when_it_is_asked() {
    asyncStarted =
        () -> {
          throw new NullPointerException("recycled");
        };

    assertThatThrownBy(() -> passage.leave(null)).isInstanceOf(NullPointerException.class);

    assertThat(guard.running()).isZero();
  }

  @Test
  void frees_its_worker_though_the_container_fails_when_the_app_has() {
    asyncStarted =
        () -> {
          throw new NullPointerException("recycled");
        };

    assertThatThrownBy(() -> passage.leave(new AssertionError("the app's")))
        .isInstanceOf(NullPointerException.class);

    assertThat(guard.running()).isZero();
  }

  /** Pitfall 47: of a call that it has recycled, a filter is told by nobody but the app. */
  @Test
  void frees_its_worker_when_the_container_does_not_know_the_call_that_the_app_completes() {
    AsyncContext begun = passage.request().startAsync();
    asyncStarted = () -> true;
    passage.leave(null);
    completes =
        () -> {
          throw new IllegalStateException("recycled");
        };
    assertThatThrownBy(begun::complete).isInstanceOf(IllegalStateException.class);
    assertThat(guard.running()).as("as long as the container may tell of the end").isEqualTo(1);

    asyncStarted =
        () -> {
          throw new IllegalStateException("recycled");
        };
    assertThatThrownBy(begun::complete).isInstanceOf(IllegalStateException.class);

    assertThat(guard.running()).isZero();
  }

  /** Pitfall 47. */
  @Test
  void is_let_go_of_when_the_server_is_done_with_it_and_has_told_nobody() {
    asyncStarted = () -> true;
    passage.leave(null);
    assertThat(guard.running()).isEqualTo(1);

    door.isDoneWith(request);

    assertThat(guard.running()).isZero();
    assertThat(log.lines)
        .containsOnlyOnce(
            "LET GO AT THE LAST MOMENT: nobody has told of the end of a call, key acme, path /v1/x;"
                + " such calls since the last such line: 1");
    door.isDoneWith(request);
    assertThat(log.lines).filteredOn(line -> line.contains("LAST MOMENT")).hasSize(1);
  }

  /** The container's response is another call's by then. */
  @Test
  void is_not_told_in_another_call_s_answer_that_its_time_is_over() {
    asyncStarted = () -> true;
    passage.leave(null);
    door.isDoneWith(request);
    touched.clear();

    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(900));

    assertThat(touched).isEmpty();
  }

  @Test
  void is_nobody_s_business_any_more_when_its_end_has_been_told() throws Exception {
    asyncStarted = () -> true;
    passage.leave(null);
    for (AsyncListener listener : listeners) {
      listener.onComplete(new AsyncEvent(context));
    }

    door.isDoneWith(request);

    assertThat(guard.running()).isZero();
    assertThat(log.lines).noneMatch(line -> line.contains("LAST MOMENT"));
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
      case "startAsync" -> context;
      case "isAsyncStarted" -> asyncStarted.getAsBoolean();
      case "getAsyncContext" -> context;
      default -> null;
    };
  }

  private @Nullable Object begun(Object proxy, Method method, Object[] given) {
    switch (method.getName()) {
      case "addListener" -> listeners.add((AsyncListener) given[0]);
      case "complete" -> completes.run();
      default -> {}
    }
    return null;
  }

  private @Nullable Object answered(Object proxy, Method method, Object[] given) {
    touched.add(method.getName());
    return switch (method.getName()) {
      case "getStatus" -> 200;
      case "isCommitted", "containsHeader" -> false;
      case "getHeaders", "getHeaderNames" -> List.of();
      default -> null;
    };
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static final class RecordedLog implements Log {

    final List<String> lines = new ArrayList<>();

    @Override
    public void info(String message) {
      lines.add(message);
    }

    @Override
    public void warn(String message) {
      lines.add(message);
    }

    @Override
    public void error(String message, Throwable cause) {
      lines.add(message + ": " + cause);
    }
  }
}
