package io.ostiary.core;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The dialects that a policy names: built in, or a table of the operator's own, which is a file ending in .properties. */
final class DialectShelf {

  private final PolicySources sources;
  private final Problems problems;
  private final Values values;
  private final Map<Path, Dialect> own = new HashMap<>();

  DialectShelf(PolicySources sources, Problems problems, Values values) {
    this.sources = sources;
    this.problems = problems;
    this.values = values;
  }

  /** The dialect that a setting names, or another if it names none. */
  Dialect read(@Nullable Given given, Dialect otherwise) {
    if (given == null || given.broken()) {
      return otherwise;
    }
    Dialect dialect =
        given.value().endsWith(".properties")
            ? ofFile(given)
            : values.readGiven(given, DialectShelf::builtIn);
    return dialect == null ? otherwise : dialect;
  }

  /** @throws IllegalArgumentException naming those there are */
  static Dialect builtIn(String name) {
    Dialect dialect = Dialect.builtIn(name);
    if (dialect == null) {
      throw new IllegalArgumentException(
          String.join(" or ", Dialect.BUILT_IN)
              + " was expected, or a file ending in .properties"
              + Nearest.hint(name, Dialect.BUILT_IN));
    }
    return dialect;
  }

  private @Nullable Dialect ofFile(Given given) {
    try {
      Path file = sources.resolve(given.value());
      Dialect dialect = own.get(file);
      if (dialect == null) {
        // Noted before it is read: a change in between is then found at the next look.
        sources.touch(file);
        dialect = Dialect.read(file);
        own.put(file, dialect);
      }
      return dialect;
    } catch (PolicyException e) {
      problems.behind(given, e.problems());
    } catch (InvalidPathException e) {
      problems.about(given, "the name of a file was expected");
    }
    return null;
  }
}
