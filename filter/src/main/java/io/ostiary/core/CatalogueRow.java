package io.ostiary.core;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One row of a vendor's catalogue, taken apart and checked.
 *
 * @param status an HTTP status, or 0 where the table has none that is good
 * @param cells one for each column, the status included; {@code null} is JSON's {@code null}
 */
record CatalogueRow(TableRow source, int status, List<Cell> cells) {

  /** The text of one column, or JSON's {@code null}. */
  record Cell(@Nullable Template text) {}

  private static final String NULL = "-";
  private static final Pattern STATUS = Pattern.compile("[1-9][0-9]{2}");

  /** The row that a line spells, or {@code null} with a problem added if its cells are not those of the columns. */
  static @Nullable CatalogueRow of(TableRow row, List<String> columns, List<Problem> problems) {
    List<String> texts = DialectSettings.cells(row.line().value());
    if (texts.size() != columns.size()) {
      problems.add(
          row.line()
              .problem(
                  "expected "
                      + columns.size()
                      + " columns, "
                      + String.join(" | ", columns)
                      + ", found "
                      + texts.size()));
      return null;
    }
    if (texts.contains("")) {
      problems.add(row.line().problem("an empty column; expected a text, or - for null"));
    }
    List<Cell> cells = new ArrayList<>();
    for (String text : texts) {
      cells.add(new Cell(text.equals(NULL) ? null : Template.of(text)));
    }
    CatalogueRow made =
        new CatalogueRow(row, status(row, texts.get(0), problems), List.copyOf(cells));
    made.checkNames(problems);
    return made;
  }

  /** A refusal has a status of refusals; a vendor's page may list any, even those that only its client makes up. */
  private static int status(TableRow row, String text, List<Problem> problems) {
    int lowest = row.kind().isRaisedHere() ? 400 : 100;
    int status = STATUS.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (status < lowest || status > 599) {
      problems.add(row.line().problem("bad status " + text + ", expected " + lowest + " to 599"));
    }
    return status;
  }

  private void checkNames(List<Problem> problems) {
    for (Template.Place place : places()) {
      if (!place.isWellNamed()) {
        problems.add(
            source
                .line()
                .problem(
                    "bad placeholder {"
                        + place.name()
                        + "}, expected a name of small letters and underscores"));
      }
    }
  }

  /** Every place in every cell. */
  List<Template.Place> places() {
    List<Template.Place> places = new ArrayList<>();
    for (Cell cell : cells) {
      if (cell.text() != null) {
        places.addAll(cell.text().places());
      }
    }
    return places;
  }
}
