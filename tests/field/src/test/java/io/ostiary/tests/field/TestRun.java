package io.ostiary.tests.field;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * One run of the tests that another project has published, in a JVM of its own.
 *
 * @param passed whether each test passed, by its class and its name; one that was skipped did not
 */
record TestRun(Map<String, Boolean> passed) {

  private static final Path FOLDER =
      Path.of(System.getProperty("servers")).resolveSibling("jetty-tests");

  /** Hashes and ports, by which names of parameterised tests differ from run to run. */
  private static final Pattern ACCIDENTAL = Pattern.compile("@[0-9a-f]{5,}|\\d{5,}");

  static boolean isPossible() {
    return Files.isDirectory(FOLDER.resolve("lib"));
  }

  /**
   * Runs all classes of tests, or some of them by name.
   *
   * @param options of the JVM
   */
  static TestRun of(Collection<String> classes, String... options)
      throws IOException, InterruptedException {
    Path reports = Files.createTempDirectory("jetty-tests");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-Xmx512m",
            "-Dorg.eclipse.jetty.LEVEL=WARN",
            "-cp",
            FOLDER.resolve("lib") + File.separator + "*",
            "org.junit.platform.console.ConsoleLauncher",
            "--disable-banner",
            "--details=none",
            "--reports-dir=" + reports));
    if (classes.isEmpty()) {
      command.add("--scan-classpath=" + tests());
    }
    classes.forEach(name -> command.add("--select-class=" + name));
    Process process =
        new ProcessBuilder(command)
            .directory(FOLDER.resolve("run").toFile())
            .redirectErrorStream(true)
            .redirectOutput(reports.resolve("output.txt").toFile())
            .start();
    if (!process.waitFor(20, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException("The tests do not end: " + reports.resolve("output.txt"));
    }
    return new TestRun(read(reports));
  }

  private static Path tests() throws IOException {
    return only(FOLDER.resolve("lib"), "jetty-servlet-", "-tests.jar");
  }

  private static Path only(Path folder, String start, String end) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(start))
          .filter(file -> file.getFileName().toString().endsWith(end))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Map<String, Boolean> read(Path reports) throws IOException {
    Map<String, Boolean> passed = new TreeMap<>();
    try (Stream<Path> files = Files.list(reports)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        if (file.getFileName().toString().startsWith("TEST-")) {
          read(file, passed);
        }
      }
    }
    return passed;
  }

  private static void read(Path report, Map<String, Boolean> passed) throws IOException {
    Map<String, Integer> times = new LinkedHashMap<>();
    NodeList cases;
    try {
      cases =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(report.toFile())
              .getElementsByTagName("testcase");
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(report.toString(), e);
    }
    for (int i = 0; i < cases.getLength(); i++) {
      Element each = (Element) cases.item(i);
      String name = ACCIDENTAL.matcher(each.getAttribute("name")).replaceAll("");
      String test = each.getAttribute("classname") + "#" + name;
      boolean ended =
          Stream.of("failure", "error", "skipped")
              .allMatch(end -> each.getElementsByTagName(end).getLength() == 0);
      passed.put(test + " " + times.merge(test, 1, Integer::sum), ended);
    }
  }

  /** The tests that passed here and did not in another run. */
  List<String> lostBy(TestRun other) {
    return passed.keySet().stream()
        .filter(test -> passed.get(test) && !other.passed.getOrDefault(test, false))
        .toList();
  }

  /** How many passed. */
  long count() {
    return passed.values().stream().filter(each -> each).count();
  }

  static String classOf(String test) {
    return test.substring(0, test.indexOf('#'));
  }
}
