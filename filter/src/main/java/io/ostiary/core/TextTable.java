package io.ostiary.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of text in columns as wide as their widest cell; a Chinese character takes two places. */
final class TextTable {

  private final List<String[]> rows = new ArrayList<>();
  private final int[] widths;

  TextTable(String... heads) {
    widths = new int[heads.length];
    String[] capitals = heads.clone();
    for (int i = 0; i < capitals.length; i++) {
      capitals[i] = capitals[i].toUpperCase(Locale.ROOT);
    }
    add(capitals);
  }

  void add(String... cells) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], width(cells[i]));
    }
    rows.add(cells);
  }

  /** Whether there is nothing below the heads. */
  boolean isEmpty() {
    return rows.size() == 1;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(rows.size());
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        line.append(row[i]).append(" ".repeat(widths[i] - width(row[i]) + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static int width(String text) {
    return text.codePoints().map(c -> Character.isIdeographic(c) ? 2 : 1).sum();
  }
}
