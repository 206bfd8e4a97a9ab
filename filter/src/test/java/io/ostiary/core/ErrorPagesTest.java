package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.core.TableRow.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reference pages in {@code docs/errors} say what the tables say. Run with {@code -Dostiary.pages=write} to write them
 * anew.
 */
class ErrorPagesTest {

  private static final Path PAGES = Path.of("../docs/errors");

  static Iterable<String> dialects() {
    return Dialect.BUILT_IN;
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void the_page_is_up_to_date(String dialect) throws IOException {
    Path file = PAGES.resolve(dialect + ".md");
    String page = new Page(dialect).text();
    if ("write".equals(System.getProperty("ostiary.pages"))) {
      Files.createDirectories(PAGES);
      Files.writeString(file, page);
    }
    assertThat(file).hasContent(page);
  }

  @Test
  void there_is_no_other_page() throws IOException {
    try (var files = Files.list(PAGES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Dialect.BUILT_IN.stream().map(name -> name + ".md").toList());
    }
  }

  /** One dialect's page. */
  private static final class Page {

    private final String name;
    private final DialectTable table;
    private final DialectSettings settings;
    private final StringBuilder text = new StringBuilder();

    Page(String name) {
      List<Problem> problems = new ArrayList<>();
      this.name = name;
      this.table = Objects.requireNonNull(DialectReader.builtIn(name, problems));
      this.settings = DialectSettings.of(table, problems);
    }

    String text() {
      line("# Errors in the dialect `" + name + "`");
      line("");
      line(
          "<!-- Generated from filter/src/main/resources/io/ostiary/core/dialect; ErrorPagesTest fails when it is stale. -->");
      line("");
      line("Body of a refusal, in which `{…}` stand for JSON values:");
      line("");
      line("```");
      line(Objects.requireNonNull(table.settings().get("envelope")).value());
      line("```");
      line("");
      line(
          "The request's id comes in the header `"
              + settings.requestIdHeader()
              + "`; one that the caller sends in");
      line(
          "that header is kept if it is 1 to 64 characters of `A-Za-z0-9._:-`. A refusal that a wait may help carries");
      line(
          "`Retry-After` in seconds and `retry-after-ms`; a 429 that no wait can help, and a call that is too large for its");
      line("limit, carry `x-should-retry: false`.");
      section("Raised by the guard, as on the vendor's page", Kind.GUARD);
      section("Raised by the guard, with texts of its own", Kind.OWN);
      section("Raised only by the application behind the guard", Kind.APP);
      section("Not raised here: other parts of the vendor's cloud", Kind.ELSEWHERE);
      statuses();
      return text.toString();
    }

    private void statuses() {
      line("");
      line("## Errors of the app and the server");
      line("");
      line(
          "Told in these words, with the status that they have; `4xx` and `5xx` stand for all that are not listed. What the app");
      line("says of a 4xx, or in a JSON error of its own, stands in place of the message.");
      line("");
      line(
          "| status | "
              + String.join(" | ", settings.columns().subList(1, settings.columns().size()))
              + " |");
      line("|---".repeat(settings.columns().size()) + "|");
      table
          .statuses()
          .forEach(
              (status, line) -> {
                String row = cells(Objects.requireNonNull(table.rows().get(line.value())));
                line("| `" + status + "` |" + row.substring(row.indexOf('|', 1) + 1));
              });
    }

    private void section(String title, Kind kind) {
      List<TableRow> rows =
          table.rows().values().stream().filter(row -> row.kind() == kind).toList();
      if (rows.isEmpty()) {
        return;
      }
      String reasons = kind.isRaisedHere() ? " Reasons |" : "";
      line("");
      line("## " + title);
      line("");
      line("| " + String.join(" | ", settings.columns()) + " |" + reasons + " What to do |");
      line("|---".repeat(settings.columns().size() + (kind.isRaisedHere() ? 2 : 1)) + "|");
      for (TableRow row : rows) {
        line(
            cells(row)
                + (kind.isRaisedHere() ? " " + reasons(row) + " |" : "")
                + " "
                + help(row)
                + " |");
      }
    }

    private static String cells(TableRow row) {
      StringBuilder cells = new StringBuilder("|");
      for (String cell : DialectSettings.cells(row.line().value())) {
        String fence = cell.contains("`") ? "``" : "`";
        cells.append(' ').append(cell.equals("-") ? "null" : fence + cell + fence).append(" |");
      }
      return cells.toString();
    }

    private String reasons(TableRow row) {
      List<String> reasons = new ArrayList<>();
      for (Reason reason : Reason.values()) {
        if (Objects.requireNonNull(table.reasons().get(reason)).value().equals(row.id())) {
          reasons.add("`" + reason + "`");
        }
      }
      return String.join(" ", reasons);
    }

    private String help(TableRow row) {
      TableLine help = table.help().get(row.id());
      assertThat(help).as("help.%s in %s", row.id(), name).isNotNull();
      return Objects.requireNonNull(help).value();
    }

    private void line(String line) {
      text.append(line).append('\n');
    }
  }
}
