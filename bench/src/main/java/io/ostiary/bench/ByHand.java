package io.ostiary.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The decisions of the filter that one would write in an afternoon: Jackson's tree for the body, Bucket4j for the limits, a map
 * of hexadecimal digests. It is honest work, not a straw man: one digest, one parse, no regular expression on the way, and
 * headers are set on the response and collected nowhere.
 */
final class ByHand {

  private static final long LIMIT = 1_000_000_000;

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
              perPeriod(LIMIT, Duration.ofSeconds(1)),
              perPeriod(LIMIT, Duration.ofMinutes(1)),
              perPeriod(LIMIT, Duration.ofMinutes(1))));
    }
  }

  private static Bucket perPeriod(long count, Duration period) {
    return Bucket.builder()
        .withNanosecondPrecision()
        .addLimit(limit -> limit.capacity(count).refillGreedy(count, period))
        .build();
  }

  /** Admits one call and settles it; answers what it was charged, or −1 when it is refused. */
  long serve(
      String path,
      String authorization,
      String address,
      String contentType,
      InputStream body,
      byte[] answer,
      Blackhole response)
      throws IOException {
    if (!path.equals("/v1/chat/completions") || !authorization.startsWith("Bearer ")) {
      return -1;
    }
    Account account = accounts.get(sha256(authorization.substring("Bearer ".length())));
    if (account == null || !isAllowed(account, address) || !isUtf8Json(contentType)) {
      return -1;
    }
    byte[] bytes = body.readAllBytes();
    JsonNode request = mapper.readTree(bytes);
    if (!account.models().contains(request.path("model").asText())) {
      return -1;
    }
    long reserved = bytes.length / 4 + request.path("max_tokens").asLong(1024);
    if (!account.qps().tryConsume(1)) {
      return -1;
    }
    ConsumptionProbe requests = account.rpm().tryConsumeAndReturnRemaining(1);
    if (!requests.isConsumed()) {
      return -1;
    }
    ConsumptionProbe tokens = account.tpm().tryConsumeAndReturnRemaining(reserved);
    if (!tokens.isConsumed()) {
      return -1;
    }
    tell(response, "requests", requests);
    tell(response, "tokens", tokens);
    response.consume(new ByteArrayInputStream(bytes));
    // The answer's type has no charset: the container would take ISO 8859-1 for text.
    response.consume("application/json" + ";charset=UTF-8");
    long used = mapper.readTree(answer).path("usage").path("total_tokens").asLong(reserved);
    if (used < reserved) {
      account.tpm().addTokens(reserved - used);
    } else if (used > reserved) {
      account.tpm().consumeIgnoringRateLimits(used - reserved);
    }
    return used;
  }

  private static boolean isUtf8Json(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT);
    return type.startsWith("application/json")
        && (!type.contains("charset=") || type.contains("charset=utf-8"));
  }

  private static void tell(Blackhole response, String what, ConsumptionProbe probe) {
    header(response, "x-ratelimit-limit-" + what, String.valueOf(LIMIT));
    header(response, "x-ratelimit-remaining-" + what, String.valueOf(probe.getRemainingTokens()));
    long millis = TimeUnit.NANOSECONDS.toMillis(probe.getNanosToWaitForReset());
    header(response, "x-ratelimit-reset-" + what, millis + "ms");
  }

  /** In the place of {@code response.setHeader}. */
  private static void header(Blackhole response, String name, String value) {
    response.consume(name);
    response.consume(value);
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
