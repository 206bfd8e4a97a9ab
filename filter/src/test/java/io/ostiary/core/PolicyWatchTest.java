package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyWatchTest {

  private final Path temp;
  private final PolicyFolder folder;
  private final List<Policy> followed = new ArrayList<>();

  PolicyWatchTest(@TempDir Path temp) {
    this.temp = temp;
    folder = new PolicyFolder(temp).write(PolicyFolder.LEAST);
  }

  /** K3. */
  @Test
  void hands_on_a_changed_policy_at_the_next_look_and_only_once() {
    PolicyWatch watch = watch();
    watch.poll();
    assertThat(followed).isEmpty();

    folder.write("mode = off\n" + PolicyFolder.LEAST);
    watch.poll();
    watch.poll();

    assertThat(followed).singleElement().matches(policy -> !policy.guarding());
    assertThat(watch.reloadFailures()).isZero();
    assertThat(folder.log.lines)
        .containsExactly(
            "warn NOTHING IS GUARDED (mode = off): policy reloaded from "
                + folder.file
                + " (keys: 1, routes: 1)");

    folder.log.lines.clear();
    folder.write(PolicyFolder.LEAST);
    watch.poll();

    assertThat(folder.log.lines)
        .containsExactly("info policy reloaded from " + folder.file + " (keys: 1, routes: 1)");
  }

  /** K4. */
  @Test
  void hands_on_a_revoked_key_at_the_next_look() {
    PolicyWatch watch = watch();

    folder.write(PolicyFolder.LEAST + "key.acme.state = revoked\n");
    watch.poll();

    assertThat(followed.get(0).keys().get(0).state()).isEqualTo(Key.State.REVOKED);
  }

  /** K3, pitfall 66: a malformed file keeps the old set, logs file and line, and is counted. */
  @Test
  void keeps_the_last_good_policy_on_a_bad_edit_and_says_so_once() {
    PolicyWatch watch = watch();

    folder.write(PolicyFolder.LEAST + "mode = of\n");
    watch.poll();
    watch.poll();

    assertThat(followed).isEmpty();
    assertThat(watch.reloadFailures()).isEqualTo(1);
    assertThat(folder.log.lines)
        .singleElement()
        .asString()
        .startsWith(
            "warn policy not reloaded, the one in force stays (1 failed reload since the start):\n  "
                + folder.file
                + ":3: mode = of");

    folder.write(PolicyFolder.LEAST + "mode = of\nfoo = 1\n");
    watch.poll();

    assertThat(folder.log.lines.get(1))
        .startsWith(
            "warn policy not reloaded, the one in force stays (2 failed reloads since the start):\n");
    assertThat(folder.log.lines.get(1).lines().skip(1))
        .hasSize(2)
        .allMatch(line -> line.startsWith("  " + folder.file));

    folder.write(PolicyFolder.LEAST + "mode = off\n");
    watch.poll();

    assertThat(followed).hasSize(1);
    assertThat(watch.reloadFailures()).isEqualTo(2);
  }

  @Test
  void takes_a_vanished_or_half_written_file_for_a_bad_edit() throws IOException {
    PolicyWatch watch = watch();

    Files.delete(folder.file);
    watch.poll();
    watch.poll();
    assertThat(watch.reloadFailures()).isEqualTo(1);

    folder.write(PolicyFolder.LEAST.substring(0, PolicyFolder.LEAST.length() - 10));
    watch.poll();
    assertThat(watch.reloadFailures()).isEqualTo(2);

    folder.write("");
    watch.poll();
    assertThat(watch.reloadFailures()).isEqualTo(3);

    assertThat(followed).isEmpty();
  }

  @Test
  void sees_a_change_of_content_that_leaves_size_and_time_alone() throws IOException {
    PolicyWatch watch = watch();
    FileTime time = Files.getLastModifiedTime(folder.file);

    folder.write(PolicyFolder.LEAST.replace("/v1/chat", "/v2/chat"));
    Files.setLastModifiedTime(folder.file, time);
    watch.poll();

    assertThat(followed).hasSize(1);
  }

  @Test
  void does_not_take_a_new_time_for_a_change() throws IOException {
    PolicyWatch watch = watch();

    Files.setLastModifiedTime(folder.file, FileTime.fromMillis(0));
    watch.poll();

    assertThat(followed).isEmpty();
  }

  @Test
  void follows_a_link_that_is_swapped_as_in_a_config_map() throws IOException {
    Path one = Files.createDirectory(temp.resolve("one"));
    Path two = Files.createDirectory(temp.resolve("two"));
    Files.writeString(one.resolve("p"), PolicyFolder.LEAST);
    Files.writeString(two.resolve("p"), "mode = off\n" + PolicyFolder.LEAST);
    Files.delete(folder.file);
    Files.createSymbolicLink(temp.resolve("data"), one);
    Files.createSymbolicLink(folder.file, Path.of("data/p"));
    PolicyWatch watch = watch();

    Files.createSymbolicLink(temp.resolve("data-new"), two);
    Files.move(
        temp.resolve("data-new"),
        temp.resolve("data"),
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    watch.poll();

    assertThat(followed).hasSize(1);
  }

  @Test
  void sees_changes_of_the_files_that_the_policy_refers_to() throws IOException {
    folder.write("failure.txt", "refuse\n");
    folder.write("mine.properties", openAiTable());
    folder.write(
        PolicyFolder.LEAST
            + "on-failure = ${file:failure.txt}\nerrors.dialect = mine.properties\n");
    PolicyWatch watch = watch();

    folder.write("failure.txt", "admit\n");
    watch.poll();
    assertThat(followed).hasSize(1);
    assertThat(followed.get(0).admitsOnFailure()).isTrue();

    folder.write("mine.properties", openAiTable() + "\n# another\n");
    watch.poll();
    assertThat(followed).hasSize(2);

    Files.delete(temp.resolve("mine.properties"));
    watch.poll();
    assertThat(followed).hasSize(2);
    assertThat(watch.reloadFailures()).isEqualTo(1);
  }

  @Test
  void outlives_a_follower_that_throws() {
    PolicyWatch watch =
        watch(
            policy -> {
              throw new IllegalStateException("no");
            });

    folder.write("mode = off\n" + PolicyFolder.LEAST);
    watch.poll();
    watch.poll();

    assertThat(watch.reloadFailures()).isEqualTo(1);
    assertThat(folder.log.lines).singleElement().asString().startsWith("error the policy could");
  }

  @Test
  void looks_by_itself_on_a_daemon_thread_that_holds_no_class_loader() throws Exception {
    folder.write("reload.interval = 10ms\n" + PolicyFolder.LEAST);
    AtomicReference<Thread> thread = new AtomicReference<>();
    CountDownLatch seen = new CountDownLatch(1);
    try (PolicyWatch watch =
        watch(
            policy -> {
              thread.set(Thread.currentThread());
              seen.countDown();
            })) {
      watch.start(() -> {});
      folder.write("reload.interval = 20ms\n" + PolicyFolder.LEAST);

      assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
    }
    Thread seer = Objects.requireNonNull(thread.get());
    assertThat(seer.getName()).isEqualTo("ostiary-policy");
    assertThat(seer.isDaemon()).isTrue();
    assertThat(seer.getContextClassLoader()).isNull();
    seer.join(10_000);
    assertThat(seer.isAlive()).isFalse();
  }

  @Test
  void starts_no_thread_when_the_policy_says_never() {
    folder.write("reload.interval = 0\n" + PolicyFolder.LEAST);
    try (PolicyWatch watch = watch()) {
      watch.start(() -> {});

      assertThat(watch.isLooking()).isFalse();
    }
  }

  private PolicyWatch watch() {
    return watch(followed::add);
  }

  private PolicyWatch watch(Consumer<Policy> follower) {
    PolicyFile file = folder.policyFile();
    PolicyReading first = file.read();
    Policy policy = Objects.requireNonNull(first.policy());
    folder.log.lines.clear();
    return new PolicyWatch(file, first, policy, follower, folder.log);
  }

  private static String openAiTable() throws IOException {
    try (var in = Dialect.class.getResourceAsStream("dialect/openai.properties")) {
      return new String(
          Objects.requireNonNull(in).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
