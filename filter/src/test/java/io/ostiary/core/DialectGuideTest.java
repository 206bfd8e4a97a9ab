package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/dialects.md} tells of tables is so. */
class DialectGuideTest {

  private final String page = Files.readString(Path.of("..", "docs", "dialects.md"));

  DialectGuideTest() throws IOException {}

  @Test
  void shows_a_table_that_works(@TempDir Path temp) throws Exception {
    int from = page.indexOf("# house.properties");
    Path file =
        Files.writeString(
            temp.resolve("house.properties"), page.substring(from, page.indexOf("```", from)));

    Dialect house = Dialect.read(file);

    Refusal refused =
        house.refuse(
            Reason.MODEL_NOT_ALLOWED, Facts.of(Slot.MODEL, "qwen-max"), "4711", 0, List.of());
    assertThat(refused.status()).isEqualTo(403);
    assertThat(new String(refused.body(), StandardCharsets.UTF_8))
        .contains("\"code\":\"H-002\"", "qwen-max is not on your list", "tell them 4711.");
    assertThat(refused.headers()).contains(new Header("x-trace-id", "4711"));
  }

  @Test
  void lists_every_setting() {
    assertThat(firstCells()).containsAll(DialectSettings.NAMES);
  }

  @Test
  void lists_every_reason_with_what_it_fills_in() {
    List<String> told = page.lines().filter(line -> line.matches("\\| `[A-Z_]+` .*")).toList();

    assertThat(told).hasSameSizeAs(Reason.values());
    for (Reason reason : Reason.values()) {
      Set<String> places =
          reason.slots().stream()
              .map(slot -> "`{" + slot.placeholder() + "}`")
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(told)
          .filteredOn(line -> line.startsWith("| `" + reason + "` "))
          .singleElement()
          .satisfies(line -> assertThat(places(line)).isEqualTo(places));
    }
  }

  private static Set<String> places(String line) {
    String[] cells = line.split("\\|", -1);
    Set<String> places = new TreeSet<>(List.of(cells[3].strip().split(", ")));
    places.remove("");
    return places;
  }

  private Set<String> firstCells() {
    return page.lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(3, line.indexOf('`', 3)))
        .collect(Collectors.toSet());
  }
}
