package io.ostiary.servlet.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.core.ClientLine;
import io.ostiary.core.Guard;
import io.ostiary.core.Lease;
import io.ostiary.core.Log;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Q3: a client is looked for from the end of its body on, and never while anybody else reads from it. */
class MeteredInputTest {

  private final AtomicInteger looks = new AtomicInteger();

  /** How often the client was looked for while the container itself read. */
  private final AtomicInteger looksMeanwhile = new AtomicInteger();

  private final ClientLine line =
      () -> {
        looks.incrementAndGet();
        return false;
      };
  private final HttpServletResponse response =
      (HttpServletResponse)
          Proxy.newProxyInstance(
              HttpServletResponse.class.getClassLoader(),
              new Class<?>[] {HttpServletResponse.class},
              (proxy, method, given) -> null);
  private final AnswerMeter meter = AnswerMeter.ofNothing(response);
  private Guard guard;
  private Departure departure;

  @BeforeEach
  void begin(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("ostiary.properties");
    Files.writeString(
        file,
        """
        service.workers = 1
        service.interrupt = true
        route.a.paths = /v1/**
        route.a.key = none
        """);
    guard = Guard.open(file, new Unheard());
    Client client = new Client(line, response, guard.clients());
    departure = new Departure(Lease.NONE, client, false, meter, null, null);
    departure.begins();
  }

  @AfterEach
  void close() {
    departure.close();
    guard.close();
  }

  @Test
  void nobody_looks_while_the_app_reads_on_past_the_declared_end() throws IOException {
    MeteredInput in = new MeteredInput(new Container(), meter, 5);
    assertThat(in.read(new byte[5])).isEqualTo(5);
    awaitLooks(1);
    assertThat(in.read()).isEqualTo(-1);
    assertThat(looksMeanwhile).hasValue(0);
    awaitLooks(looks.get() + 1);
  }

  @Test
  void what_is_still_there_past_the_declared_end_is_read() throws IOException {
    MeteredInput in = new MeteredInput(new Container(), meter, 3);
    assertThat(in.readNBytes(3)).hasSize(3);
    assertThat(in.readAllBytes()).hasSize(2);
    assertThat(looksMeanwhile).hasValue(0);
    awaitLooks(looks.get() + 1);
  }

  /** The container reads on for itself until then. */
  @Test
  void a_listener_is_told_of_the_end_before_anybody_looks() throws IOException {
    Container containers = new Container();
    MeteredInput in = new MeteredInput(containers, meter, 5);
    in.setReadListener(new Silent());
    assertThat(in.read(new byte[5])).isEqualTo(5);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150));
    assertThat(looks).hasValue(0);
    containers.listener.onAllDataRead();
    awaitLooks(1);
  }

  private void awaitLooks(int count) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (looks.get() < count) {
      assertThat(System.nanoTime() - end).as("until it is looked for").isNegative();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /** Five bytes, and an end for which it has to read from the client. */
  private final class Container extends ServletInputStream {

    ReadListener listener = new Silent();
    private int left = 5;

    @Override
    public int read() {
      int before = looks.get();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150));
      looksMeanwhile.addAndGet(looks.get() - before);
      return left-- > 0 ? 'x' : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (left == 0) {
        return read();
      }
      int count = Math.min(left, length);
      left -= count;
      return count;
    }

    @Override
    public boolean isFinished() {
      return left <= 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener given) {
      listener = given;
    }
  }

  /** One that does nothing. */
  private static final class Silent implements ReadListener {

    @Override
    public void onDataAvailable() {}

    @Override
    public void onAllDataRead() {}

    @Override
    public void onError(Throwable failure) {}
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
