package io.ostiary.core;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the lists of workspaces, and finds what in them cannot be meant. */
final class WorkspacesDraft {

  private final Problems problems;
  private final Values values;
  private final Workspaces workspaces;
  private final @Nullable Given header;
  private boolean judged;

  /** @param headerName reads the name of a header */
  WorkspacesDraft(
      Section general, Problems problems, Values values, Function<String, String> headerName) {
    this.problems = problems;
    this.values = values;
    this.header = general.get(Setting.WORKSPACES_HEADER);
    Given given = general.get(Setting.WORKSPACES);
    this.judged = given != null;
    this.workspaces =
        new Workspaces(
            given == null || given.broken() ? NameSet.ANY : NameSet.of(names(given)),
            values.read(general, Setting.WORKSPACES_HEADER, headerName));
  }

  /** The workspaces that exist. */
  Workspaces workspaces() {
    return workspaces;
  }

  /** Those that a key may name; any if no list is given. */
  NameSet list(@Nullable Given given) {
    if (given == null) {
      return NameSet.ANY;
    }
    judged = true;
    List<String> names = names(given);
    for (String name : names) {
      boolean exists =
          name.equals(Workspaces.DEFAULT)
              || NameSet.isGlob(name)
              || workspaces.known().contains(name);
      if (!exists) {
        List<String> known = workspaces.known().entries();
        problems.about(given, "workspaces has no " + name + Nearest.hint(name, known));
      }
    }
    return NameSet.of(names);
  }

  private List<String> names(Given given) {
    List<String> names = values.list(given);
    for (String name : names) {
      if (!Workspaces.isName(name.replace('*', '-').replace('?', '-'))) {
        problems.about(
            given, "a workspace's name has 1 to 128 letters, digits, hyphens, dots or underscores");
      }
    }
    return names;
  }

  /** Finds a header that is read for nothing; after all keys. */
  void tellUnused() {
    if (header != null && !judged) {
      problems.about(header, "has no effect without workspaces or a key's workspaces");
    }
  }
}
