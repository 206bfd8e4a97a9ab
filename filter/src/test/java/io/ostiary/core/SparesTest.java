package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SparesTest {

  private static final int THREADS = 40;
  private static final int ROUNDS = 20_000;

  private final Spares<Thing> spares = new Spares<>();

  private static final class Thing {
    final AtomicBoolean taken = new AtomicBoolean(true);
  }

  @Test
  void has_nothing_at_first() {
    assertThat(spares.take()).isNull();
  }

  @Test
  void gives_what_was_left_once() {
    Thing thing = new Thing();
    spares.leave(thing);

    assertThat(spares.take()).isSameAs(thing);
    assertThat(spares.take()).isNull();
  }

  @Test
  void never_gives_one_thing_to_two_threads() throws Exception {
    AtomicInteger shared = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(() -> takeAndLeave(shared));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(shared).hasValue(0);
  }

  private void takeAndLeave(AtomicInteger shared) {
    for (int i = 0; i < ROUNDS; i++) {
      Thing thing = spares.take();
      if (thing == null) {
        thing = new Thing();
      } else if (!thing.taken.compareAndSet(false, true)) {
        shared.incrementAndGet();
      }
      thing.taken.set(false);
      spares.leave(thing);
    }
  }
}
