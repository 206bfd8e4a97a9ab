package io.ostiary.core;

import static io.ostiary.core.DialectSettings.REQUEST_ID;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes a dialect of a table, once, so that a refusal is later only copied together; finds everything wrong with it. */
final class DialectCompiler {

  private final DialectTable table;
  private final List<Problem> problems;
  private final DialectSettings settings;
  private final Map<String, CatalogueRow> rows = new HashMap<>();

  private DialectCompiler(DialectTable table, List<Problem> problems) {
    this.table = table;
    this.problems = problems;
    this.settings = DialectSettings.of(table, problems);
  }

  /** The dialect, good for use only if no problem was added. */
  static Dialect compile(
      String name, DialectTable table, LongSupplier random, List<Problem> problems) {
    return new DialectCompiler(table, problems).dialect(name, random);
  }

  private Dialect dialect(String name, LongSupplier random) {
    for (TableRow row : table.rows().values()) {
      CatalogueRow made = CatalogueRow.of(row, settings.columns(), problems);
      if (made != null) {
        rows.put(row.id(), made);
      }
    }
    EnumMap<Reason, RefusalForm> forms = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      CatalogueRow row = rowOf(reason);
      if (row != null) {
        checkPlaces(reason, row);
        forms.put(reason, form(reason, row));
      }
    }
    StatusForms statuses = StatusRows.of(table, settings, rows, problems);
    checkAllUsed();
    checkHelp();
    RequestIds ids =
        new RequestIds(
            settings.requestIdHeader(),
            settings.requestIdForm(),
            settings.requestIdPrefix(),
            random);
    return new Dialect(name, settings, ids, forms, statuses);
  }

  private @Nullable CatalogueRow rowOf(Reason reason) {
    TableLine line = table.reasons().get(reason);
    if (line == null) {
      problems.add(
          new Problem(
              table.file(),
              "reason." + reason + " is missing; every reason needs the id of a row"));
      return null;
    }
    TableRow row = table.rows().get(line.value());
    if (row == null || !row.kind().isRaisedHere()) {
      problems.add(line.problem("expected the id of a guard or own row"));
      return null;
    }
    return rows.get(row.id());
  }

  /** A row is judged for each reason that leads to it, since each fills slots of its own. */
  private void checkPlaces(Reason reason, CatalogueRow row) {
    for (Template.Place place : row.places()) {
      Slot slot = Slot.of(place.name());
      boolean filled = slot != null && reason.slots().contains(slot);
      if (!filled && !place.name().equals(REQUEST_ID)) {
        problems.add(
            row.source()
                .line()
                .problem(
                    "unknown placeholder {"
                        + place.name()
                        + "}; for "
                        + reason
                        + " expected one of "
                        + names(reason)));
      }
    }
  }

  private static Set<String> names(Reason reason) {
    Set<String> names = new TreeSet<>(Set.of(REQUEST_ID));
    reason.slots().forEach(slot -> names.add(slot.placeholder()));
    return names;
  }

  /** A row that a table brings for the guard and no reason leads to is a slip; one that it inherits may be left aside. */
  private void checkAllUsed() {
    Set<String> used = new HashSet<>();
    table.reasons().values().forEach(line -> used.add(line.value()));
    table.statuses().values().forEach(line -> used.add(line.value()));
    for (TableRow row : table.rows().values()) {
      boolean inherited = !row.line().place().startsWith(table.file() + ":");
      if (row.kind().isRaisedHere() && !inherited && !used.contains(row.id())) {
        problems.add(
            row.line()
                .problem(
                    "no reason and no status leads here; expected one that does, or app."
                        + row.id()));
      }
    }
  }

  private void checkHelp() {
    table
        .help()
        .forEach(
            (id, line) -> {
              if (!table.rows().containsKey(id)) {
                problems.add(line.problem("expected the id of a row"));
              }
            });
  }

  private RefusalForm form(Reason reason, CatalogueRow row) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Content-Type", settings.contentType()));
    if (row.status() == 401 && settings.challenge() != null) {
      headers.add(new Header("WWW-Authenticate", settings.challenge()));
    }
    if (reason == Reason.QUEUE_FULL) {
      // Nothing has been begun; clients would not repeat a 450 by themselves.
      headers.add(new Header("x-should-retry", "true"));
    }
    boolean neverFits = reason == Reason.TOKENS_NEVER_FIT;
    return new RefusalForm(
        row.status(),
        List.copyOf(headers),
        !neverFits,
        neverFits || row.status() == 429,
        RowBody.of(settings, row, row.status(), false));
  }
}
