package io.ostiary.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bucket4j.Bucket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The decisions of the filter that one would write in an afternoon: Jackson's tree for the body, Bucket4j for the limits, a map
 * of hexadecimal digests. It is honest work, not a straw man: one digest, one parse, no regular expression on the way.
 */
final class ByHand {

  private final ObjectMapper mapper = new ObjectMapper();
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();

  private record Account(
      List<byte[]> networks, List<String> models, Bucket qps, Bucket rpm, Bucket tpm) {}

  ByHand(String... secrets) {
    for (String secret : secrets) {
      accounts.put(
          sha256(secret),
          new Account(
              List.of(new byte[] {127, 0, 0}, new byte[] {(byte) 203, 0, 113}),
              List.of("qwen-max", "qwen2.5-7b", "deepseek-v3"),
              perPeriod(1_000_000_000, Duration.ofSeconds(1)),
              perPeriod(1_000_000_000, Duration.ofMinutes(1)),
              perPeriod(1_000_000_000, Duration.ofMinutes(1))));
    }
  }

  private static Bucket perPeriod(long count, Duration period) {
    return Bucket.builder()
        .withNanosecondPrecision()
        .addLimit(limit -> limit.capacity(count).refillGreedy(count, period))
        .build();
  }

  /** Admits one call and settles it; answers what it was charged, or −1 when it is refused. */
  long serve(String authorization, String address, InputStream body, byte[] answer)
      throws IOException {
    if (!authorization.startsWith("Bearer ")) {
      return -1;
    }
    Account account = accounts.get(sha256(authorization.substring("Bearer ".length())));
    if (account == null || !isAllowed(account, address)) {
      return -1;
    }
    byte[] bytes = body.readAllBytes();
    JsonNode request = mapper.readTree(bytes);
    if (!account.models().contains(request.path("model").asText())) {
      return -1;
    }
    long reserved = bytes.length / 4 + request.path("max_tokens").asLong(1024);
    if (!account.qps().tryConsume(1)
        || !account.rpm().tryConsume(1)
        || !account.tpm().tryConsume(reserved)) {
      return -1;
    }
    InputStream replay = new ByteArrayInputStream(bytes);
    long used =
        mapper.readTree(answer).path("usage").path("total_tokens").asLong(reserved)
            + (replay.available() & 0);
    if (used < reserved) {
      account.tpm().addTokens(reserved - used);
    } else if (used > reserved) {
      account.tpm().consumeIgnoringRateLimits(used - reserved);
    }
    return used;
  }

  private static boolean isAllowed(Account account, String address) throws IOException {
    byte[] literal = InetAddress.getByName(address).getAddress();
    for (byte[] network : account.networks()) {
      boolean inside = true;
      for (int i = 0; i < network.length; i++) {
        inside &= network[i] == literal[i];
      }
      if (inside) {
        return true;
      }
    }
    return false;
  }

  static String sha256(String secret) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
