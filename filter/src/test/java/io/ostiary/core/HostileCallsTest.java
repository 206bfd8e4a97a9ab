package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A6: calls put together from what parsers stumble over, as many as {@code -Dostiary.hostile} says from the seed {@code
 * -Dostiary.seed} on. Each has an answer, fails nowhere inside, and leaves nothing behind; the seed is in the failure's text.
 */
class HostileCallsTest {

  private static final int CALLS = Integer.getInteger("ostiary.hostile", 15_000);
  private static final long SEED = Long.getLong("ostiary.seed", 1);

  private static final String[] PATHS = {
    "/v1/chat", "/plain", "/form", "/tools", "/m/m/infer", "/api/predict/m", "/open"
  };
  private static final String[] METHODS = {
    "GET", "HEAD", "OPTIONS", "CONNECT", "", "\ud800", "post"
  };
  private static final String[] PEERS = {"127.0.0.1", "::1", "", "fe80::1%eth0", "x", "1.2.3.4"};
  private static final long[] LENGTHS = {0, 1, 5_000_000, Long.MAX_VALUE};
  private static final String[] NAMES =
      ("Authorization x-api-key api-key Content-Type Content-Encoding Transfer-Encoding Date Content-MD5 X-Forwarded-For"
              + " Forwarded X-DashScope-WorkSpace X-Ostiary-Key X_Ostiary_Key Upgrade Connection Expect x-request-id Origin"
              + " Access-Control-Request-Method Content-Length X-Span-Id X-Model")
          .split(" ");
  private static final String[] BITS = {
    "Bearer ",
    "EAS ",
    "sk-acme",
    "PV0EfxDz+cnAWAxRo1YqQ4dRYR4=",
    "Sat, 21 Nov 2026 00:29:49 GMT",
    "Sat, 99 Nov 99999 99:99:99 GMT",
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "; charset=",
    "utf-8",
    "utf-16",
    "gzip",
    "deflate",
    "identity",
    "for=",
    "[::1]:80",
    "127.0.0.1",
    "%",
    "%2",
    "%zz",
    "%u002f",
    "%c0%af",
    "\ud800",
    "\udc00",
    "\0",
    "\u00e9",
    "\uffff",
    ",",
    ";",
    "=",
    "\"",
    "\\",
    "..",
    "/",
    ".",
    "//",
    "default",
    "ws-1",
    "-1",
    "99999999999999999999",
    "[",
    "]",
    "::",
    "unknown",
    "_x",
    "websocket",
    "upgrade",
    "",
    "  ",
    "\t",
    "&",
    "?",
    "#",
    "+",
    "api_key",
    "model",
    "m",
    "/v1/chat",
    "/open",
    "/m/",
    "e1",
    "a".repeat(600)
  };
  private static final String[] BODY = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    "model",
    "m",
    "e1",
    ":",
    ",",
    "\\u",
    "\\ud83d",
    "d83d",
    "\\udc00",
    "kill",
    "data:;base64,",
    "\\",
    "\n",
    "\0",
    "\ufeff",
    "1e999",
    "-",
    "0",
    "true",
    "null",
    "messages",
    "content",
    "--b",
    "--b--",
    "\r\n",
    "Content-Disposition: form-data; name=\"model\"",
    "; filename=\"x\"",
    "Content-Type: text/plain",
    "%",
    "%6",
    "model=m",
    "&",
    "=",
    "+",
    "\u200b",
    "你好"
  };

  private final List<GuardedService> services = new ArrayList<>();

  HostileCallsTest(@TempDir Path folder) throws Exception {
    Path words = Files.writeString(folder.resolve("words.txt"), "kill\nhow*bomb\n你好\n");
    Path token = Files.writeString(folder.resolve("token"), "tok");
    String policy =
        """
        route.chat.paths = /v1/chat, /v1/chat/**
        route.chat.model = body model, header X-Model
        route.chat.refused-words = %1$s
        route.plain.paths = /plain
        route.plain.model = body model, query model
        route.form.paths = /form
        route.form.model = form model
        route.form.refused-words = %1$s
        route.tools.paths = /tools
        route.tools.refused-words = %1$s
        route.m.paths = /m/{model}/infer
        route.m.model = path
        route.eas.paths = /api/predict/**
        route.eas.dialect = eas
        route.open.paths = /open
        route.open.key = none
        endpoint.e1.model = m
        alias.al = m
        workspaces = ws-1
        trusted-proxies = 127.0.0.0/8
        key.forward = no
        key.tell = yes
        key.query = api_key
        key.failures = rpm 1000000 burst 1000000
        key.signature-age = 1h
        key.acme.sha256 = %2$s
        key.acme.limits = tpm 100000000
        key.sig.eas-token = ${file:%3$s}
        """
            .formatted(words, Policies.sha256("sk-acme"), token);
    for (String header : List.of("X-Forwarded-For", "Forwarded", "X-DashScope-WorkSpace")) {
      for (String mode : List.of("enforce", "observe")) {
        services.add(
            new GuardedService(
                policy + "trusted-proxies.header = " + header + "\nmode = " + mode + "\n"));
      }
    }
  }

  @Test
  void every_call_has_an_answer_and_leaves_nothing_behind() throws Exception {
    for (long seed = SEED; seed < SEED + CALLS; seed++) {
      Random random = new Random(seed);
      GuardedService service = any(random, services);
      try {
        judge(service, call(random));
      } catch (RuntimeException | Error thrown) {
        throw new AssertionError("seed " + seed, thrown);
      }
      assertThat(service.guard.bodyBytes()).as("body memory, seed %s", seed).isZero();
      assertThat(service.failures).as("seed %s", seed).isEmpty();
      assertThat(service.lines)
          .as("the log, seed %s", seed)
          .noneMatch(line -> line.contains("kill") || line.contains("你好"));
      service.lines.clear();
    }
  }

  private static void judge(GuardedService service, Request call) throws Exception {
    Decision decision = service.judge(call);
    service.guard.veil(call);
    service.guard.needsKey(call);
    if (decision instanceof Decision.Admit admit) {
      if (admit.body() != null) {
        admit.body().stream().readAllBytes();
      }
      admit.veil().over(call.query()).query(call.query());
      admit.lease().close(Outcome.COMPLETED);
    }
  }

  private static Request call(Random random) {
    String path = random.nextInt(3) > 0 ? any(random, PATHS) : "/" + some(random, BITS, 5);
    String query = random.nextInt(3) == 0 ? "?" + some(random, BITS, 6) : "";
    Request call =
        random.nextInt(8) == 0
            ? Request.of(any(random, METHODS), path + query)
            : Request.unlabelled(path + query, body(random));
    if (random.nextInt(4) > 0) {
      call.key("sk-acme");
    }
    for (int lines = random.nextInt(4); lines > 0; lines--) {
      call.header(any(random, NAMES), some(random, BITS, 4));
    }
    if (random.nextInt(10) == 0) {
      call.chunked();
    }
    if (random.nextInt(10) == 0) {
      call.upgrading();
    }
    if (random.nextInt(15) == 0) {
      call.declaring(LENGTHS[random.nextInt(LENGTHS.length)]);
    }
    return call.from(any(random, PEERS));
  }

  private static String body(Random random) {
    return random.nextInt(2) == 0
        ? some(random, BODY, 14)
        : "{\"model\":\"%s\",\"messages\":[%s]}"
            .formatted(some(random, BODY, 3), some(random, BODY, 4));
  }

  private static String some(Random random, String[] from, int most) {
    StringBuilder some = new StringBuilder();
    for (int left = random.nextInt(most + 1); left > 0; left--) {
      some.append(any(random, from));
    }
    return some.toString();
  }

  private static String any(Random random, String[] from) {
    return from[random.nextInt(from.length)];
  }

  private static GuardedService any(Random random, List<GuardedService> from) {
    return from.get(random.nextInt(from.size()));
  }
}
