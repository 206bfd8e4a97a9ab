package io.ostiary.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {

  @Test
  void digests_texts_of_all_lengths_one_after_another_as_the_platform_does() throws Exception {
    Sha256 sha256 = new Sha256();
    StringBuilder text = new StringBuilder();
    for (int length = 0; length <= Credential.LONGEST + 1; length++) {
      assertThat(sha256.digest(text.toString())).isEqualTo(expected(text.toString()));
      text.append((char) (length * 7 % 256));
    }
  }

  @Test
  void takes_what_is_not_iso_8859_1_for_a_question_mark() throws Exception {
    assertThat(new Sha256().digest("钥匙-1")).isEqualTo(expected("??-1"));
  }

  private static Digest expected(String text) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(ISO_8859_1));
    return Digest.parse(HexFormat.of().formatHex(hash));
  }
}
