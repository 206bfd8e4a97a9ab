package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the server's memory holds of keys: K1. */
interface MemoryContract extends Guarded {

  /**
   * K1, pitfall 65: after a thousand calls the key's text is nowhere in the heap. Containers keep the buffers into which they have read, and
   * overwrite them; so other calls follow, until nothing of the calls is live.
   */
  @Test
  default void holds_no_key_after_a_thousand_calls() throws IOException {
    for (int connection = 0; connection < 20; connection++) {
      try (Wire wire = connect()) {
        for (int call = 0; call < 50; call++) {
          Ask ask = Ask.chat("heap", "qwen-max");
          assertThat(wire.send(ask.bytes()).answer().status()).isEqualTo(200);
        }
      }
    }
    for (int call = 0; call < 200; call++) {
      assertThat(ask(Ask.get("/open/hits?test=" + "x".repeat(3000))).status()).isEqualTo(200);
    }
    try (HeapDump dump = server().heapDump()) {
      for (byte[] text : HeapDump.spellings(Keys.secretOf("heap"))) {
        assertThat(dump.count(text)).isZero();
      }
      // The search would find what is there.
      assertThat(dump.count("embedder".getBytes(StandardCharsets.US_ASCII))).isPositive();
    }
    assertThat(server().output()).doesNotContain(Keys.secretOf("heap"));
  }
}
