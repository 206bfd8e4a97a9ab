package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every row of the vendors' pages stands in our tables, word for word. The lists in {@code pages/} were taken from the
 * pages themselves, not from our tables.
 */
class VendorPagesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "modelarts; status code message; 49",
        "dashscope; status code message; 42",
        "eas; status message; 16",
        "openai; status message; 10",
        "anthropic; status type; 10",
      })
  void has_every_row_of_the_page_and_calls_no_other_row_the_vendors(
      String dialect, String columns, int rows) throws IOException {
    List<String> page = page(dialect);

    assertThat(page).hasSize(rows);
    assertThat(vendorsRows(dialect, List.of(columns.split(" "))))
        .containsExactlyInAnyOrderElementsOf(page);
  }

  private static List<String> page(String dialect) throws IOException {
    try (InputStream in = VendorPagesTest.class.getResourceAsStream("pages/" + dialect + ".txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  private static List<String> vendorsRows(String dialect, List<String> wanted) {
    List<Problem> problems = new ArrayList<>();
    DialectTable table = Objects.requireNonNull(DialectReader.builtIn(dialect, problems));
    List<String> columns = DialectSettings.of(table, problems).columns();
    List<String> rows = new ArrayList<>();
    for (TableRow row : table.rows().values()) {
      if (row.kind() != TableRow.Kind.OWN) {
        List<String> cells = DialectSettings.cells(row.line().value());
        List<String> shown = new ArrayList<>();
        wanted.forEach(column -> shown.add(cells.get(columns.indexOf(column))));
        rows.add(String.join(" | ", shown).replaceAll("\\{[a-z_]+}", "%s"));
      }
    }
    assertThat(problems).isEmpty();
    return rows;
  }
}
