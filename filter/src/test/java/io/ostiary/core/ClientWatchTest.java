package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Q3: clients are looked for while their calls run. */
class ClientWatchTest {

  private final ClientWatch watch = new ClientWatch(new Deadlines(System::nanoTime), () -> false);

  /** A client that can be sent away, and counts how often it is looked for. */
  private static final class Client implements ClientLine {

    final AtomicBoolean gone = new AtomicBoolean();
    final AtomicInteger looks = new AtomicInteger();
    final CountDownLatch told = new CountDownLatch(1);
    final AtomicInteger tellings = new AtomicInteger();

    @Override
    public boolean isGone() {
      looks.incrementAndGet();
      return gone.get();
    }

    void isTold() {
      tellings.incrementAndGet();
      told.countDown();
    }

    boolean awaitTold() throws InterruptedException {
      return told.await(20, TimeUnit.SECONDS);
    }
  }

  private ClientWatch.Watched watch(Client client) {
    ClientWatch.Watched watched = watch.watch(client, client::isTold);
    watched.begin();
    return watched;
  }

  @Test
  void who_goes_is_told_of_once_and_the_others_are_looked_for_on() throws InterruptedException {
    Client one = new Client();
    Client other = new Client();
    watch(one);
    watch(other);
    one.gone.set(true);
    assertThat(one.awaitTold()).isTrue();
    int looks = one.looks.get();
    other.gone.set(true);
    assertThat(other.awaitTold()).isTrue();
    assertThat(one.looks).hasValue(looks);
    assertThat(one.tellings).hasValue(1);
  }

  /** Also where the server is of a release that has things under other names. */
  @ParameterizedTest
  @MethodSource("failures")
  void one_that_cannot_be_looked_for_does_not_keep_the_others_from_it(Throwable failure)
      throws InterruptedException {
    AtomicInteger looks = new AtomicInteger();
    watch
        .watch(
            () -> {
              looks.incrementAndGet();
              if (failure instanceof Error error) {
                throw error;
              }
              throw (RuntimeException) failure;
            },
            () -> looks.addAndGet(1_000))
        .begin();
    for (int i = 0; i < 2; i++) {
      Client client = new Client();
      client.gone.set(true);
      watch(client);
      assertThat(client.awaitTold()).isTrue();
    }
    assertThat(looks).hasValue(1);
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new IllegalStateException("as it was asked to"),
        new NoSuchMethodError("as it was asked to"));
  }

  /** What comes after a watch was idle is looked for too. */
  @Test
  void a_watch_begins_anew() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      Client client = new Client();
      client.gone.set(true);
      watch(client);
      assertThat(client.awaitTold()).isTrue();
    }
  }

  /** The line is another call's from then on. */
  @Test
  void who_ends_a_watch_waits_for_a_look_that_has_begun() throws InterruptedException {
    CountDownLatch looks = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    AtomicBoolean told = new AtomicBoolean();
    ClientWatch.Watched watched =
        watch.watch(
            () -> {
              looks.countDown();
              awaitQuietly(goesOn);
              return true;
            },
            () -> told.set(true));
    watched.begin();
    assertThat(looks.await(20, TimeUnit.SECONDS)).isTrue();
    AtomicBoolean toldAtTheEnd = new AtomicBoolean();
    Thread end =
        new Thread(
            () -> {
              watched.end();
              toldAtTheEnd.set(told.get());
            });
    end.start();
    while (end.getState() != Thread.State.BLOCKED) {
      assertThat(end.getState()).isNotEqualTo(Thread.State.TERMINATED);
      Thread.onSpinWait();
    }
    goesOn.countDown();
    end.join();
    assertThat(toldAtTheEnd).isTrue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void nobody_is_looked_for_in_a_pause_nor_again_after_the_end() throws InterruptedException {
    Client paused = new Client();
    ClientWatch.Watched pause = watch(paused);
    pause.pause();
    Client ended = new Client();
    ClientWatch.Watched end = watch(ended);
    end.end();
    end.begin();
    int looks = paused.looks.get() + ended.looks.get();
    paused.gone.set(true);
    ended.gone.set(true);
    Client other = new Client();
    other.gone.set(true);
    watch(other);
    assertThat(other.awaitTold()).isTrue();
    assertThat(paused.looks.get() + ended.looks.get()).isEqualTo(looks);
    pause.begin();
    assertThat(paused.awaitTold()).isTrue();
    assertThat(ended.tellings).hasValue(0);
  }

  @Test
  void the_more_there_are_the_less_often_each_is_looked_for() {
    assertThat(ClientWatch.pause(1)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
    assertThat(ClientWatch.pause(50)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
    assertThat(ClientWatch.pause(400)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(400));
  }
}
