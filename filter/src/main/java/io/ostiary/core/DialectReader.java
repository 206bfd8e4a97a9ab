package io.ostiary.core;

import static io.ostiary.core.DialectSettings.COLUMNS;
import static io.ostiary.core.DialectSettings.EXTENDS;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads dialect tables: UTF-8 lines {@code key = value}, where blank lines and lines beginning with {@code #} say nothing.
 * Unlike Java's own properties there are no escapes, no line is continued, and no key comes twice: the file alone is what
 * is said.
 */
final class DialectReader {

  private static final long LARGEST_FILE = 1 << 20;
  private static final Pattern ROW_ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /** Windows editors begin UTF-8 files with it. */
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private static final String REASON = "reason.";
  private static final String STATUS = "status.";
  private static final String HELP = "help.";
  private static final Pattern ERROR_STATUS = Pattern.compile("[45](xx|[0-9]{2})");

  private final String file;
  private final List<Problem> problems;
  private final DialectTable table;
  private final Map<String, String> places = new HashMap<>();

  private DialectReader(String file, List<Problem> problems) {
    this.file = file;
    this.problems = problems;
    this.table = new DialectTable(file);
  }

  /** The table of an operator's file with what is wrong with it, or {@code null} if that file cannot be read. */
  static @Nullable DialectTable read(Path file, List<Problem> problems) {
    try {
      return read(file.toString(), decode(file), problems);
    } catch (CharacterCodingException e) {
      problems.add(new Problem(file.toString(), "not UTF-8; expected a dialect table in UTF-8"));
    } catch (IOException e) {
      problems.add(new Problem(file.toString(), "cannot be read; expected a dialect table: " + e));
    }
    return null;
  }

  private static String decode(Path file) throws IOException {
    if (Files.size(file) > LARGEST_FILE) {
      throw new IOException("larger than " + LARGEST_FILE + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /** The table that a text spells, with what it extends. */
  static DialectTable read(String file, String text, List<Problem> problems) {
    DialectReader reader = new DialectReader(file, problems);
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      reader.line(file + ":" + ++number, line.strip());
    }
    return reader.withParent();
  }

  /** The table of a dialect that ships with the guard, or {@code null} if there is none of that name. */
  static @Nullable DialectTable builtIn(String name, List<Problem> problems) {
    if (!Dialect.BUILT_IN.contains(name)) {
      return null;
    }
    String resource = "dialect/" + name + ".properties";
    try (InputStream in = DialectReader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the jar");
      }
      return read(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8), problems);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  private DialectTable withParent() {
    TableLine line = table.settings().get(EXTENDS);
    if (line == null) {
      return table;
    }
    DialectTable parent = builtIn(line.value(), problems);
    if (parent == null) {
      problems.add(line.problem("expected one of " + String.join(", ", Dialect.BUILT_IN)));
      return table;
    }
    TableLine columns = table.settings().remove(COLUMNS);
    if (columns != null) {
      problems.add(
          columns.problem("expected no columns here; a table has those of the one it extends"));
    }
    return table.over(parent);
  }

  private void line(String place, String text) {
    if (text.isEmpty() || text.startsWith("#")) {
      return;
    }
    int equals = text.indexOf('=');
    if (equals <= 0) {
      problems.add(new Problem(place, "expected key = value"));
      return;
    }
    String key = text.substring(0, equals).strip();
    TableLine line = new TableLine(place, key, text.substring(equals + 1).strip());
    String earlier = places.putIfAbsent(key, place);
    if (earlier != null) {
      problems.add(line.problem("given twice, first at " + earlier));
    } else if (line.value().isEmpty()) {
      problems.add(line.problem("a value is expected"));
    } else if (line.value().endsWith("\\")) {
      problems.add(
          line.problem("a line cannot be continued; expected the whole value on one line"));
    } else {
      put(line);
    }
  }

  private void put(TableLine line) {
    int dot = line.key().indexOf('.');
    TableRow.Kind kind = dot < 0 ? null : TableRow.Kind.of(line.key().substring(0, dot));
    if (kind != null) {
      putRow(new TableRow(kind, line.key().substring(dot + 1), line));
    } else if (line.key().startsWith(REASON)) {
      putReason(line);
    } else if (line.key().startsWith(STATUS)) {
      putStatus(line);
    } else if (line.key().startsWith(HELP)) {
      table.help().put(line.key().substring(HELP.length()), line);
    } else if (DialectSettings.NAMES.contains(line.key())) {
      table.settings().put(line.key(), line);
    } else {
      problems.add(
          line.problem(
              "unknown; expected reason.<REASON>, status.<STATUS>, guard.<id>, own.<id>, app.<id>, elsewhere.<id>, help.<id>, or one of "
                  + String.join(", ", DialectSettings.NAMES)));
    }
  }

  private void putRow(TableRow row) {
    if (!ROW_ID.matcher(row.id()).matches()) {
      problems.add(row.line().problem("expected an id of small letters, digits and hyphens"));
      return;
    }
    TableRow earlier = table.rows().putIfAbsent(row.id(), row);
    if (earlier != null) {
      problems.add(
          row.line()
              .problem(
                  "this id is taken by " + earlier.line().key() + " at " + earlier.line().place()));
    }
  }

  private void putStatus(TableLine line) {
    String status = line.key().substring(STATUS.length());
    if (ERROR_STATUS.matcher(status).matches()) {
      table.statuses().put(status, line);
    } else {
      problems.add(line.problem("expected a status from 400 to 599, 4xx or 5xx"));
    }
  }

  private void putReason(TableLine line) {
    String name = line.key().substring(REASON.length());
    for (Reason reason : Reason.values()) {
      if (reason.name().equals(name)) {
        table.reasons().put(reason, line);
        return;
      }
    }
    problems.add(line.problem("unknown reason; expected one of " + List.of(Reason.values())));
  }
}
