package io.ostiary.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lists of words that a policy names, each a file in UTF-8: an entry a line. Empty lines, and lines that begin with {@code #},
 * say nothing. A file is read once, however many routes name it.
 */
final class WordShelf {

  /** In bytes; about fifty thousand words, that take up to a hundred times as much memory. */
  static final int LARGEST = 512 * 1024;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final PolicySources sources;
  private final Problems problems;
  private final Map<Path, WordList> lists = new HashMap<>();

  WordShelf(PolicySources sources, Problems problems) {
    this.sources = sources;
    this.problems = problems;
  }

  /** The list that a setting names; {@code null} if it names none, or one with problems. */
  @Nullable WordList read(@Nullable Given given) {
    if (given == null || given.broken()) {
      return null;
    }
    try {
      if (given.value().isEmpty()) {
        problems.about(given, "the name of a file with a word on each line was expected");
        return null;
      }
      Path file = sources.resolve(given.value());
      WordList list = lists.get(file);
      if (list == null) {
        list = list(given, file, text(sources.read(file, LARGEST)));
        lists.put(file, list);
      }
      return list;
    } catch (CharacterCodingException e) {
      problems.about(given, "the file is not UTF-8");
    } catch (IOException | InvalidPathException e) {
      problems.about(given, "the file " + PolicySources.trouble(e));
    }
    return null;
  }

  private static String text(byte[] bytes) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  private WordList list(Given given, Path file, String text) {
    List<Problem> found = new ArrayList<>();
    List<WordEntry> entries = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\r\n|\r|\n", -1)) {
      number++;
      String entry = line.strip();
      if (!entry.isEmpty() && !entry.startsWith("#")) {
        Place place = new Place(file.toString(), number);
        take(entry, place, entries, found);
      }
    }
    if (entries.isEmpty() && found.isEmpty()) {
      problems.about(given, "the file has no word: one on each line was expected");
    }
    problems.behind(given, found);
    try {
      return new WordList(given.value(), entries);
    } catch (IllegalArgumentException e) {
      problems.about(given, e.getMessage());
      return new WordList(given.value(), List.of());
    }
  }

  private static void take(
      String entry, Place place, List<WordEntry> entries, List<Problem> found) {
    try {
      entries.add(WordEntry.parse(place.line(), entry));
    } catch (IllegalArgumentException e) {
      // The log is not the place for what nobody may say.
      found.add(new Problem(place.toString(), String.valueOf(e.getMessage())));
    }
  }
}
