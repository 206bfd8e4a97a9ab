package io.ostiary.tests.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What one reader of an app took for the model of a call.
 *
 * @param reader its name
 * @param kind whether it found one
 * @param model what it found, as a text whatever it was
 */
record Sighting(String reader, Kind kind, String model) {

  /** What a list of them begins with. */
  static final String MARK = "seen\n";

  enum Kind {
    /** A model was named. */
    FOUND,
    /** All was well, and no model was named. */
    ABSENT,
    /** The reader would have answered with an error. */
    FAILED
  }

  /** Reads something that may fail, and may find nothing. */
  interface Reader {
    Object read() throws Exception;
  }

  /** What a reader finds; {@code null} is nothing. */
  static Sighting of(String name, Reader reader) {
    try {
      Object found = reader.read();
      return found == null
          ? new Sighting(name, Kind.ABSENT, "")
          : new Sighting(name, Kind.FOUND, found.toString());
    } catch (Exception | StackOverflowError failure) {
      return new Sighting(name, Kind.FAILED, "");
    }
  }

  boolean isOther(String model) {
    return kind == Kind.FOUND && !Objects.equals(this.model, model);
  }

  /** One line in ASCII for each. */
  static byte[] write(List<Sighting> sightings) {
    StringBuilder lines = new StringBuilder(MARK);
    for (Sighting sighting : sightings) {
      lines.append(sighting.reader).append(' ').append(sighting.kind).append(' ');
      lines.append(Printable.of(sighting.model)).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** The other way round; models that are not plain stay as they are printed. */
  static List<Sighting> read(String text) {
    List<Sighting> sightings = new ArrayList<>();
    for (String line : text.substring(MARK.length()).split("\n", -1)) {
      if (line.isEmpty()) {
        continue;
      }
      String[] parts = line.split(" ", 3);
      sightings.add(new Sighting(parts[0], Kind.valueOf(parts[1]), parts[2]));
    }
    return sightings;
  }
}
