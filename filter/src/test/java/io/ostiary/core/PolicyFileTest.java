package io.ostiary.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFileTest {

  private static final String A = "a".repeat(64);
  private static final String B = "B".repeat(64);

  private final Path temp;
  private final PolicyFolder folder;

  PolicyFileTest(@TempDir Path temp) {
    this.temp = temp;
    folder = new PolicyFolder(temp);
  }

  @Test
  void has_a_preset_for_all_that_is_left_out() {
    Policy policy = folder.policy(PolicyFolder.LEAST);

    assertThat(policy.guarding()).isTrue();
    assertThat(policy.reloadInterval()).isEqualTo(Duration.ofMillis(500));
    assertThat(policy.trustedProxies().addresses().contains(address("127.0.0.1"))).isFalse();
    assertThat(policy.admitsOnFailure()).isFalse();
    assertThat(policy.passesUnmatched()).isTrue();
    assertThat(policy.defaultDialect().name()).isEqualTo("openai");
    assertThat(policy.models().isAny()).isTrue();
    assertThat(policy.repairsText()).isTrue();
    Route route = policy.routes().get(0);
    assertThat(route.dialect()).isSameAs(policy.defaultDialect());
    assertThat(route.model()).isEqualTo(new ModelSource.None());
    assertThat(route.keyed()).isTrue();
    assertThat(route.maxBody()).isEqualTo(4 << 20);
    assertThat(route.maxBodyText()).isEqualTo("4MiB");
    assertThat(route.models().isAny()).isTrue();
    assertThat(route.defaultOutput()).isEqualTo(1024);
  }

  @Test
  void reads_what_is_said_of_the_guard_as_a_whole() {
    Policy policy =
        folder.policy(
            """
            mode            = off
            reload.interval = 2s
            trusted-proxies = 127.0.0.1, 10.20.0.0/16
            on-failure      = admit
            errors.dialect  = eas
            unmatched-paths = refuse
            charset         = off
            service.limits  = qps 1000
            """
                + PolicyFolder.LEAST);

    assertThat(policy.guarding()).isFalse();
    assertThat(policy.reloadInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(policy.trustedProxies().addresses().contains(address("10.20.3.4"))).isTrue();
    assertThat(policy.trustedProxies().addresses().contains(address("10.21.3.4"))).isFalse();
    assertThat(policy.admitsOnFailure()).isTrue();
    assertThat(policy.defaultDialect().name()).isEqualTo("eas");
    assertThat(policy.passesUnmatched()).isFalse();
    assertThat(policy.repairsText()).isFalse();
    assertThat(policy.serviceLimits()).containsExactly(new Limit(Limit.Kind.QPS, 1000, 1000));
  }

  @Test
  void reads_routes_in_the_order_of_the_file() {
    List<Route> routes =
        folder
            .policy(
                """
                route.chat.paths          = /v1/chat, /v1/completions
                route.chat.dialect        = modelarts
                route.chat.model          = body input.model
                route.chat.max-body       = 64KiB
                route.chat.models         = qwen-*
                route.chat.default-output = 2k
                route.infer.paths         = /v2/models/{model}/infer
                route.head.paths          = /h
                route.head.model          = header X-Model
                route.query.paths         = /q
                route.query.model         = query model
                route.health.paths        = /health
                route.health.key          = none
                """
                    + "key.a.sha256 = "
                    + A)
            .routes();

    assertThat(routes).map(Route::name).containsExactly("chat", "infer", "head", "query", "health");
    assertThat(routes.get(0).paths()).hasSize(2);
    assertThat(routes.get(0).dialect().name()).isEqualTo("modelarts");
    assertThat(routes.get(0).maxBody()).isEqualTo(64 << 10);
    assertThat(routes.get(0).maxBodyText()).isEqualTo("64KiB");
    assertThat(routes.get(0).models().contains("qwen-max")).isTrue();
    assertThat(routes.get(0).models().contains("other")).isFalse();
    assertThat(routes.get(0).defaultOutput()).isEqualTo(2_000);
    assertThat(routes)
        .map(Route::model)
        .containsExactly(
            new ModelSource.BodyField("input.model"),
            new ModelSource.PathSegment(),
            new ModelSource.HeaderLine("X-Model"),
            new ModelSource.QueryParameter("model"),
            new ModelSource.None());
    assertThat(routes.get(4).keyed()).isFalse();
  }

  @Test
  void reads_models_aliases_and_endpoints() {
    Policy policy =
        folder.policy(
            """
            models                   = qwen-max, gpt-3.5-turbo, ds-*
            alias.gpt-3.5            = gpt-3.5-turbo
            endpoint.team.a-甲.model  = ds-v3
            endpoint.team.a-甲.limits = gold
            model.ds-*.limits        = rpm 600
            limits.gold              = qps 50 burst 100
            """
                + PolicyFolder.LEAST);

    assertThat(policy.models().contains("ds-v3")).isTrue();
    assertThat(policy.models().contains("qwen")).isFalse();
    assertThat(policy.aliases()).containsOnly(java.util.Map.entry("gpt-3.5", "gpt-3.5-turbo"));
    assertThat(policy.endpoints().get("team.a-甲"))
        .isEqualTo(new Endpoint("team.a-甲", "ds-v3", List.of(new Limit(Limit.Kind.QPS, 50, 100))));
    assertThat(policy.modelLimits())
        .containsExactly(new NamedLimits("ds-*", List.of(new Limit(Limit.Kind.RPM, 600, 600))));
  }

  @Test
  void reads_keys() {
    Policy policy =
        folder.policy(
            """
            route.chat.paths  = /v1/chat
            route.chat.model  = body model
            endpoint.e.model  = qwen-max
            limits.gold       = rpm 2000
            key.acme.sha256   = %s, %s
            key.acme.ips      = 203.0.113.0/24
            key.acme.models   = qwen-*
            key.acme.endpoints = e
            key.acme.routes   = chat
            key.acme.limits   = gold
            key.acme.limits.qwen2.5-* = rpm 10, tpm 1k burst 2k
            key.acme.expires  = 2027-01-31T08:00:00+08:00
            key.acme.state    = arrears
            key.guest.anonymous = true
            """
                .formatted(A, B));

    Key acme = policy.keys().get(0);
    assertThat(acme.tag()).isEqualTo("acme");
    assertThat(acme.digests()).containsExactly(Digest.parse(A), Digest.parse(B));
    assertThat(acme.addresses().contains(address("203.0.113.9"))).isTrue();
    assertThat(acme.addresses().contains(address("203.0.114.9"))).isFalse();
    assertThat(acme.models().contains("qwen-max")).isTrue();
    assertThat(Objects.requireNonNull(acme.endpoints()).contains("e")).isTrue();
    assertThat(acme.routes()).isEqualTo(Set.of("chat"));
    assertThat(acme.limits()).containsExactly(new Limit(Limit.Kind.RPM, 2000, 2000));
    assertThat(acme.modelLimits())
        .containsExactly(
            new NamedLimits(
                "qwen2.5-*",
                List.of(new Limit(Limit.Kind.RPM, 10, 10), new Limit(Limit.Kind.TPM, 1000, 2000))));
    assertThat(acme.expires()).isEqualTo(Instant.parse("2027-01-31T00:00:00Z"));
    assertThat(acme.state()).isEqualTo(Key.State.ARREARS);
    Key guest = policy.keys().get(1);
    assertThat(guest.anonymous()).isTrue();
    assertThat(guest.digests()).isEmpty();
    assertThat(guest.expires()).isNull();
    assertThat(guest.state()).isEqualTo(Key.State.ACTIVE);
  }

  /** A5: absent means any, empty means none. */
  @Test
  void tells_an_absent_list_from_an_empty_one() {
    Policy policy =
        folder.policy(
            """
            route.chat.paths = /v1/chat
            key.any.sha256   = %s
            key.none.sha256  = %s
            key.none.ips     =
            key.none.models  = # nothing
            key.none.endpoints =
            key.none.routes  =
            """
                .formatted(A, B));

    Key any = policy.keys().get(0);
    assertThat(any.addresses().isAny()).isTrue();
    assertThat(any.models().isAny()).isTrue();
    assertThat(any.endpoints()).isNull();
    assertThat(any.routes()).isNull();
    Key none = policy.keys().get(1);
    assertThat(none.addresses().isAny()).isFalse();
    assertThat(none.addresses().contains(address("203.0.113.9"))).isFalse();
    assertThat(none.models().contains("qwen-max")).isFalse();
    assertThat(none.endpoints()).isNotNull();
    assertThat(Objects.requireNonNull(none.endpoints()).contains("e")).isFalse();
    assertThat(none.routes()).isEmpty();
  }

  @Test
  void digests_a_plain_text_key_at_once() {
    Policy policy =
        folder.policy(
            """
            allow-plain-text-keys-in-this-file = yes-i-know
            route.chat.paths = /v1/chat
            key.acme.secret  = sk-1
            """);

    assertThat(policy.keys().get(0).digests()).containsExactly(Digest.of("sk-1"));
    assertThat(policy.toString()).doesNotContain("sk-");
  }

  /** It would stand in the file, and each of its calls be refused as malformed. */
  @ParameterizedTest
  @ValueSource(strings = {"sk 1", "sk-密", "sk-é"})
  void refuses_a_plain_text_key_that_no_call_can_come_with(String key) {
    List<String> problems =
        folder.problems(
            """
            allow-plain-text-keys-in-this-file = yes-i-know
            route.chat.paths = /v1/chat
            key.acme.secret = %s
            """
                .formatted(key));

    assertThat(problems)
        .singleElement()
        .asString()
        .contains("a key of up to 512 visible ASCII characters was expected")
        .doesNotContain("sk");
  }

  @Test
  void reads_a_dialect_of_the_operators_own_from_beside_the_file() throws Exception {
    String table;
    try (var in = Dialect.class.getResourceAsStream("dialect/openai.properties")) {
      table = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    }
    folder.write("mine.properties", table);

    Policy policy = folder.policy("route.chat.dialect = mine.properties\n" + PolicyFolder.LEAST);

    assertThat(policy.routes().get(0).dialect().name()).isEqualTo("mine");
  }

  /** Pitfall 65: it is not refused, since a container's volume may know no other permissions. */
  @Test
  void warns_of_a_file_that_others_can_write() throws IOException {
    folder.write(PolicyFolder.LEAST);
    Files.setPosixFilePermissions(folder.file, PosixFilePermissions.fromString("rw-rw----"));

    folder.policy();

    assertThat(folder.log.lines).singleElement().asString().startsWith("warn ").contains("written");
  }

  @Test
  void says_nothing_of_a_file_that_only_its_owner_can_write() throws IOException {
    folder.write(PolicyFolder.LEAST);
    Files.setPosixFilePermissions(folder.file, PosixFilePermissions.fromString("rw-r--r--"));

    folder.policy();

    assertThat(folder.log.lines).isEmpty();
  }

  /** The aim is a few seconds; it takes about two cold and less than one warm, of the processor's time: others may be at work. */
  @Test
  void reads_a_hundred_thousand_keys_in_a_few_seconds() {
    StringBuilder text = new StringBuilder("route.chat.paths = /v1/chat\nlimits.gold = rpm 20\n");
    for (int i = 0; i < 100_000; i++) {
      String key = "key.tenant-" + i;
      text.append(key).append(".sha256 = ").append(digest(i)).append('\n');
      text.append(key).append(".models = qwen-*, deepseek-v3\n");
      text.append(key).append(".ips = 203.0.113.0/24\n");
      text.append(key).append(".limits = gold\n");
    }
    folder.write(text.toString());

    ThreadMXBean processor = ManagementFactory.getThreadMXBean();
    long start = processor.getCurrentThreadCpuTime();
    Policy policy = folder.policy();
    Duration took = Duration.ofNanos(processor.getCurrentThreadCpuTime() - start);

    assertThat(policy.keys()).hasSize(100_000);
    assertThat(took).isLessThan(Duration.ofSeconds(10));
  }

  private static Address address(String literal) {
    return Objects.requireNonNull(Address.parse(literal));
  }

  /** Any that is spread as a digest is. */
  private static String digest(int number) {
    return "%016x".formatted(number * 0x9E3779B97F4A7C15L).repeat(4);
  }
}
