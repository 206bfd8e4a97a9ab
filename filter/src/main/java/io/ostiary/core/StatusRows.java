package io.ostiary.core;

import static io.ostiary.core.DialectSettings.REQUEST_ID;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads which rows of a table speak for the statuses that apps and containers raise, and finds everything wrong with it. */
final class StatusRows {

  private static final String CLIENT = "4xx";
  private static final String SERVER = "5xx";

  private final DialectTable table;
  private final Map<String, CatalogueRow> rows;
  private final List<Problem> problems;

  private StatusRows(DialectTable table, Map<String, CatalogueRow> rows, List<Problem> problems) {
    this.table = table;
    this.rows = rows;
    this.problems = problems;
  }

  /** The forms of a table's errors, good for use only if no problem was added. */
  static StatusForms of(
      DialectTable table,
      DialectSettings settings,
      Map<String, CatalogueRow> rows,
      List<Problem> problems) {
    return new StatusForms(settings, new StatusRows(table, rows, problems).byStatus());
  }

  private Map<Integer, CatalogueRow> byStatus() {
    Map<Integer, CatalogueRow> found = new HashMap<>();
    table
        .statuses()
        .forEach(
            (status, line) -> {
              CatalogueRow row = row(line);
              if (row != null) {
                found.put(Integer.parseInt(status.replace("xx", "")), row);
              }
            });
    require(CLIENT);
    require(SERVER);
    return found;
  }

  private @Nullable CatalogueRow row(TableLine line) {
    if (!table.rows().containsKey(line.value())) {
      problems.add(line.problem("expected the id of a row"));
      return null;
    }
    CatalogueRow row = rows.get(line.value());
    if (row != null) {
      row.places().forEach(place -> checkPlace(line, place.name()));
    }
    return row;
  }

  private void checkPlace(TableLine line, String name) {
    if (!name.equals(REQUEST_ID) && !name.equals(Slot.PATH.placeholder())) {
      problems.add(
          line.problem(
              "the row has a placeholder {"
                  + name
                  + "}; for a status expected one of [path, "
                  + REQUEST_ID
                  + "]"));
    }
  }

  private void require(String status) {
    if (!table.statuses().containsKey(status)) {
      problems.add(
          new Problem(table.file(), "status." + status + " is missing; expected the id of a row"));
    }
  }
}
