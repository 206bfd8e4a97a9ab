package io.ostiary.core;

import static java.util.Objects.requireNonNullElse;

import io.ostiary.core.Fields.Field;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the answers of a route tell the tokens they took and show the text they generated: in every shape that is known, or
 * where the operator says. Compiled once for a route.
 */
final class UsagePaths {

  /** How long an operator's path may be, in characters. */
  static final int LONGEST = 256;

  /** All shapes that are known. */
  static final UsagePaths PRESET = new UsagePaths(UsageField::paths);

  private final Fields fields;

  private UsagePaths(Function<UsageField, List<String>> paths) {
    Field[] all = new Field[UsageField.values().length];
    for (UsageField field : UsageField.values()) {
      all[field.number()] = new Field(field.use(), paths.apply(field));
    }
    fields = Fields.ofAnswers(List.of(all));
  }

  /**
   * An operator's own paths, instead of all that are known: names with dots between them, {@code []} after that of an array, such
   * as {@code result.parts[].text}. Where no path is given, nothing is read; without a text, all bytes of an answer count as text.
   * All strings and numbers below a text's path belong to it.
   *
   * @throws IllegalArgumentException if a path is none, is longer than {@value #LONGEST} characters, or stands twice, or if there
   *     is none at all; the message is for the operator
   */
  static UsagePaths of(
      @Nullable String input,
      @Nullable String output,
      @Nullable String total,
      @Nullable String text) {
    if (input == null && output == null && total == null && text == null) {
      throw new IllegalArgumentException("no path to a usage or to a text");
    }
    Map<UsageField, List<String>> given =
        Map.of(
            UsageField.INPUT, checked(input),
            UsageField.OUTPUT, checked(output),
            UsageField.TOTAL, checked(total),
            UsageField.TEXT, checked(text).stream().map(UsagePaths::withAllBelow).toList());
    return new UsagePaths(field -> requireNonNullElse(given.get(field), List.of()));
  }

  private static List<String> checked(@Nullable String path) {
    if (path == null) {
      return List.of();
    }
    if (path.length() > LONGEST) {
      throw new IllegalArgumentException("a path of more than " + LONGEST + " characters");
    }
    if (path.indexOf('*') >= 0) {
      throw new IllegalArgumentException("no * may stand in the path \"" + path + "\"");
    }
    return List.of(path);
  }

  private static String withAllBelow(String path) {
    return path + "." + Fields.EVERYTHING;
  }

  /** The fields, each at the number of its {@link UsageField}. */
  Fields fields() {
    return fields;
  }
}
