package io.ostiary.core;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the operator's file. A place that the operator named is the only one looked at; the usual ones are tried in order. */
final class PolicySearch {

  static final String FILE_NAME = "ostiary.properties";

  private static final String PROPERTY = "ostiary.config";
  private static final String VARIABLE = "OSTIARY_CONFIG";
  private static final List<String> SERVER_HOMES = List.of("catalina.base", "jetty.base");

  private PolicySearch() {}

  /**
   * Where the policy is.
   *
   * @param named by the agent's argument or the filter's init-param, or {@code null}
   * @throws PolicyException listing the places looked at, if it is in none
   */
  static Path find(@Nullable Path named, Surroundings surroundings) throws PolicyException {
    return find(named, surroundings, Path.of(""));
  }

  /** @param workingFolder where the last of the usual places is */
  static Path find(@Nullable Path named, Surroundings surroundings, Path workingFolder)
      throws PolicyException {
    if (named != null) {
      return named;
    }
    String property = surroundings.property(PROPERTY);
    if (property != null) {
      return path(property, "system property " + PROPERTY);
    }
    String variable = surroundings.variable(VARIABLE);
    if (variable != null) {
      return path(variable, "environment " + VARIABLE);
    }
    return inUsualPlace(surroundings, workingFolder);
  }

  private static Path inUsualPlace(Surroundings surroundings, Path workingFolder)
      throws PolicyException {
    List<Problem> tried = new ArrayList<>();
    tried.add(
        new Problem(
            "policy file",
            "none was found; name one by the agent's argument or the init-param config, by -D"
                + PROPERTY
                + " or by "
                + VARIABLE
                + ", or put it in one of the places below"));
    for (String home : SERVER_HOMES) {
      String folder = surroundings.property(home);
      if (folder == null) {
        tried.add(new Problem("${" + home + "}/conf/" + FILE_NAME, "no " + home + " is set"));
        continue;
      }
      Path file = path(folder, "system property " + home).resolve("conf").resolve(FILE_NAME);
      if (Files.exists(file)) {
        return file;
      }
      tried.add(new Problem(file.toString(), "does not exist"));
    }
    Path file = workingFolder.resolve(FILE_NAME);
    if (Files.exists(file)) {
      return file;
    }
    tried.add(new Problem(file.toAbsolutePath().toString(), "does not exist"));
    throw new PolicyException(tried);
  }

  private static Path path(String text, String origin) throws PolicyException {
    try {
      return Path.of(text.strip());
    } catch (InvalidPathException e) {
      throw new PolicyException(List.of(new Problem(origin, "the path of a file was expected")));
    }
  }
}
