package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Utf8Test {

  @Test
  void a_run_is_what_the_platform_reads_whatever_the_first_two_bytes_and_the_last_are() {
    byte[] bytes = new byte[5];
    for (int first = 0x80; first < 0x100; first++) {
      for (int second = 0; second < 0x100; second++) {
        for (byte last : new byte[] {'a', (byte) 0x80, (byte) 0xBF, (byte) 0xC2}) {
          Arrays.fill(bytes, last);
          bytes[0] = (byte) first;
          bytes[1] = (byte) second;
          assertThat(Utf8.run(bytes, 0, 3)).isEqualTo(expected(bytes, 3));
          assertThat(Utf8.run(bytes, 0, 5)).isEqualTo(expected(bytes, 5));
        }
      }
    }
  }

  /** The end of the longest beginning that is well-formed and all of characters of more than one byte. */
  private static int expected(byte[] bytes, int end) {
    for (int length = end; length > 0; length--) {
      if (isRun(bytes, length)) {
        return length;
      }
    }
    return 0;
  }

  private static boolean isRun(byte[] bytes, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .chars()
          .allMatch(c -> c >= 0x80);
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }
}
