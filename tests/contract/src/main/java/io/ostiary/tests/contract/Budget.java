package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a key has left of its tokens, as refusals that cost nothing tell it. Its budget hardly refills. */
final class Budget {

  private final Guarded guarded;
  private final String key;
  private long level;

  /** The budget as it is now: no call with the key is on its way, though one may just be settling. */
  Budget(Guarded guarded, String key) throws IOException {
    this.guarded = guarded;
    this.key = key;
    long before = told();
    pause(20);
    for (level = told(); level != before; level = told()) {
      before = level;
      pause(20);
    }
  }

  private static void pause(int millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Asks for a model that is not there. */
  private long told() throws IOException {
    Answer refused = guarded.ask(Ask.chat(key, "gpt-7"));
    assertThat(refused.status()).isEqualTo(404);
    return Long.parseLong(refused.header("x-ratelimit-remaining-tokens"));
  }

  /** Waits until the calls since the last look have been charged this much, no more and no less. */
  void assertCharged(long tokens, String what) throws IOException {
    assertCharged(tokens, tokens, what);
  }

  /** Waits until the calls since the last look have been charged no less and no more than this. */
  void assertCharged(long least, long most, String what) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    long charged = level - told();
    while ((charged < least || charged > most) && System.nanoTime() - end < 0) {
      pause(5);
      charged = level - told();
    }
    assertThat(charged).as("charged for %s", what).isBetween(least, most);
    level -= charged;
  }
}
