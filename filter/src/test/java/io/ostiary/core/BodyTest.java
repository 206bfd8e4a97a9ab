package io.ostiary.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {

  private static final long UNDECLARED = -1;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, 4097, 12_288, 16_384, 16_385, 65_536, 300_001})
  void gives_back_the_bytes_that_came(int size) throws IOException {
    byte[] bytes = random(size);
    for (long declared : new long[] {UNDECLARED, size}) {
      Body body = whole(read(new ByteArrayInputStream(bytes), declared, size));
      Body drop = whole(read(new Drops(bytes), declared, 1 << 20));

      assertThat(body.length()).isEqualTo(size);
      assertThat(body.stream().readAllBytes()).isEqualTo(bytes);
      assertThat(drop.stream().readAllBytes()).isEqualTo(bytes);
    }
  }

  /** B2, B3: exactly the limit passes, one byte more does not, and no byte after that is read. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 5000, 100_000})
  void stops_one_byte_beyond_the_limit(int limit) throws IOException {
    InputStream fits = new ByteArrayInputStream(random(limit));
    ByteArrayInputStream one = new ByteArrayInputStream(random(limit + 1));
    ByteArrayInputStream many = new ByteArrayInputStream(random(limit + 1000));

    assertThat(read(fits, UNDECLARED, limit)).isInstanceOf(BodyOutcome.Complete.class);
    assertThat(read(one, UNDECLARED, limit)).isInstanceOf(BodyOutcome.TooLarge.class);
    assertThat(read(many, UNDECLARED, limit)).isInstanceOf(BodyOutcome.TooLarge.class);
    assertThat(many.available()).isEqualTo(999);
  }

  /** B1. */
  @Test
  void reads_nothing_of_a_body_that_is_declared_too_large() throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(random(100));

    assertThat(read(in, 100, 99)).isInstanceOf(BodyOutcome.TooLarge.class);
    assertThat(in.available()).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 99, 70_000})
  void says_that_a_body_ended_before_its_declared_length(int sent) throws IOException {
    assertThat(read(new ByteArrayInputStream(random(sent)), sent + 1, 1 << 20))
        .isEqualTo(new BodyOutcome.Truncated(sent));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_384, 70_000})
  void reads_on_when_more_comes_than_was_declared(int declared) throws IOException {
    byte[] bytes = random(declared + 5000);

    Body body = whole(read(new ByteArrayInputStream(bytes), declared, 1 << 20));

    assertThat(body.stream().readAllBytes()).isEqualTo(bytes);
    assertThat(read(new Drops(bytes), declared, declared + 4999))
        .isInstanceOf(BodyOutcome.TooLarge.class);
  }

  @Test
  void lets_an_exception_of_the_stream_through() {
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(random(5000)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("connection reset");
              }

              @Override
              public int read(byte[] into, int offset, int length) throws IOException {
                throw new IOException("connection reset");
              }
            });

    assertThatThrownBy(() -> read(broken, UNDECLARED, 1 << 20))
        .isInstanceOf(IOException.class)
        .hasMessage("connection reset");
  }

  /** A6: a second model after the first is seen, since the body is read and scanned to its end. */
  @Test
  void shows_every_byte_to_the_scanner() throws IOException {
    byte[] bytes =
        ("{\"model\":\"a\",\"pad\":\"" + "x".repeat(100_000) + "\",\"model\":\"b\"}")
            .getBytes(UTF_8);
    for (InputStream in : new InputStream[] {new ByteArrayInputStream(bytes), new Drops(bytes)}) {
      JsonScanner scanner = new JsonScanner(Fields.of("model"));
      whole(BodyReader.read(in, UNDECLARED, 1 << 20, anyNumber(), scanner));
      assertThat(scanner.position()).isEqualTo(bytes.length);
      assertThat(scanner.problem()).isEqualTo("the field \"model\" stands twice");
    }
  }

  @Test
  void finishes_the_scanner_of_a_body_that_came_whole() throws IOException {
    JsonScanner scanner = new JsonScanner(Fields.of("model"));

    whole(
        BodyReader.read(
            new ByteArrayInputStream("{".getBytes(UTF_8)), 1, 10, anyNumber(), scanner));

    assertThat(scanner.problem()).isEqualTo("not JSON: it ends early, at byte 1");
  }

  /** B2: at most the limit and 64 KiB, and next to nothing for bytes that were only announced. */
  @Test
  void allocates_for_what_came_and_not_for_what_was_declared() throws IOException {
    int limit = 8 << 20;
    byte[] bytes = random(limit);
    allocatedBy(bytes, UNDECLARED, limit);

    assertThat(allocatedBy(bytes, UNDECLARED, limit)).isLessThan(limit + (64 << 10));
    assertThat(allocatedBy(bytes, UNDECLARED, limit - 1)).isLessThan(limit + (64 << 10));
    assertThat(allocatedBy(new byte[100], limit, limit)).isLessThan(20 << 10);
    assertThat(allocatedBy(new byte[1000], 1000, limit)).isLessThan(2 << 10);
  }

  private static long allocatedBy(byte[] bytes, long declared, long limit) throws IOException {
    InputStream in = new ByteArrayInputStream(bytes);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    BodyOutcome outcome = read(in, declared, limit);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(outcome).isNotNull();
    return allocated;
  }

  @Test
  void copies_bytes_out_from_any_position_across_segments() {
    byte[] bytes = random(60);
    Body body =
        new Body(
            new byte[][] {
              Arrays.copyOfRange(bytes, 0, 7),
              Arrays.copyOfRange(bytes, 7, 8),
              Arrays.copyOfRange(bytes, 8, 40),
              Arrays.copyOfRange(bytes, 40, 90)
            },
            60);
    for (int from = 0; from < 60; from++) {
      for (int length = 1; length <= 70; length++) {
        byte[] into = new byte[75];
        int count = body.read(from, into, 3, length);
        assertThat(count).isEqualTo(Math.min(length, 60 - from));
        assertThat(Arrays.copyOfRange(into, 3, 3 + count))
            .isEqualTo(Arrays.copyOfRange(bytes, from, from + count));
        assertThat(into[3 + count]).isZero();
      }
    }
    assertThat(body.read(60, new byte[1], 0, 1)).isEqualTo(-1);
    assertThat(body.read(60, new byte[1], 0, 0)).isZero();
  }

  @Test
  void streams_a_slice_in_place() throws IOException {
    byte[] bytes = random(20_000);
    Body body = whole(read(new ByteArrayInputStream(bytes), UNDECLARED, 20_000));
    byte[] expected = Arrays.copyOfRange(bytes, 4000, 19_000);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(body.slice(4000, 15_000).readAllBytes()).isEqualTo(expected);
    assertThat(body.slice(4000, 15_000).transferTo(out)).isEqualTo(15_000);
    assertThat(out.toByteArray()).isEqualTo(expected);
    assertThat(body.slice(4000, 0).read()).isEqualTo(-1);
    assertThatThrownBy(() -> body.slice(4000, 16_001))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void streams_byte_by_byte_and_skips_within_its_bounds() throws IOException {
    InputStream in = new Body(new byte[][] {{1, (byte) 0xFF, 3, 4, 5}}, 5).slice(0, 4);

    assertThat(in.read()).isEqualTo(1);
    assertThat(in.read()).isEqualTo(255);
    assertThat(in.available()).isEqualTo(2);
    assertThat(in.skip(1)).isEqualTo(1);
    assertThat(in.skip(9)).isEqualTo(1);
    assertThat(in.skip(-1)).isZero();
    assertThat(in.read()).isEqualTo(-1);
    assertThat(in.read(new byte[1], 0, 0)).isZero();
  }

  @Test
  void keeps_its_content_out_of_its_text() {
    assertThat(new Body(new byte[][] {{'s'}}, 1)).hasToString("Body[1 bytes]");
  }

  private static BodyOutcome read(InputStream in, long declared, long limit) throws IOException {
    return BodyReader.read(in, declared, limit, anyNumber(), (@Nullable JsonScanner) null);
  }

  private static BodyHold anyNumber() {
    return new BodyMemory(Long.MAX_VALUE).hold();
  }

  private static Body whole(BodyOutcome outcome) {
    assertThat(outcome).isInstanceOf(BodyOutcome.Complete.class);
    return ((BodyOutcome.Complete) outcome).body();
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  /** A stream that gives nothing or one byte at a time, as a slow client's does. */
  private static final class Drops extends InputStream {

    private final byte[] bytes;
    private int at;
    private boolean dry;

    Drops(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return at < bytes.length ? bytes[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      dry = !dry;
      if (dry) {
        return 0;
      }
      int value = read();
      if (value < 0) {
        return -1;
      }
      into[offset] = (byte) value;
      return 1;
    }
  }
}
