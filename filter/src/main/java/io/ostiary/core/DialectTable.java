package io.ostiary.core;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A dialect's table as its file has it, with what it extends, before it is judged.
 *
 * @param file what problems without a line name
 * @param settings by name
 * @param rows by id, in the order of the file
 * @param reasons for each reason the line that names its row
 * @param statuses for each status of an app's error, or class of statuses such as {@code 4xx}, the line that names its row
 * @param help by the id of a row what a caller should do about it
 */
record DialectTable(
    String file,
    Map<String, TableLine> settings,
    Map<String, TableRow> rows,
    Map<Reason, TableLine> reasons,
    Map<String, TableLine> statuses,
    Map<String, TableLine> help) {

  DialectTable(String file) {
    this(
        file,
        new HashMap<>(),
        new LinkedHashMap<>(),
        new HashMap<>(),
        new TreeMap<>(),
        new HashMap<>());
  }

  /** A table in which this one's lines stand in place of the parent's. */
  DialectTable over(DialectTable parent) {
    DialectTable both = new DialectTable(file);
    both.settings.putAll(parent.settings);
    both.settings.putAll(settings);
    both.rows.putAll(parent.rows);
    both.rows.putAll(rows);
    both.reasons.putAll(parent.reasons);
    both.reasons.putAll(reasons);
    both.statuses.putAll(parent.statuses);
    both.statuses.putAll(statuses);
    both.help.putAll(parent.help);
    both.help.putAll(help);
    return both;
  }
}
