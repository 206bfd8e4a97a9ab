package io.ostiary.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operator's tools: {@code check}, {@code new-key}, {@code hash} and {@code version}. */
public final class CommandLine {

  private static final int OK = 0;
  private static final int PROBLEMS = 1;
  private static final int MISUSED = 2;
  private static final int KEY_BYTES = 32;

  private static final String STDIN = "a key was expected on standard input";

  private static final List<String> COMMANDS =
      List.of("check", "new-key", "hash", "version", "help", "attach");

  private static final String USAGE =
      """
      usage:
        check FILE     lists the problems of a policy file, or what it comes to
        new-key NAME   makes a key and the line for the policy file; the key is shown only now
        hash           reads a key from standard input and prints its SHA-256
        version        prints the version
      and with the agent's jar:
        attach PID FILE  guards a server that runs already""";

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Surroundings surroundings;
  private final SecureRandom random;
  private final InstantSource clock;

  CommandLine(
      InputStream in,
      PrintStream out,
      PrintStream err,
      Surroundings surroundings,
      SecureRandom random,
      InstantSource clock) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.surroundings = surroundings;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Does what the arguments say.
   *
   * @return the exit status: 0 if all is well, 1 if there are problems, 2 if the arguments make no sense
   */
  public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
    return new CommandLine(
            in, out, err, Surroundings.ofThisProcess(), new SecureRandom(), InstantSource.system())
        .run(args);
  }

  int run(String... args) {
    if (args.length == 0) {
      return misused("a command was expected", err);
    }
    String operand = args.length == 2 ? args[1] : null;
    return switch (args[0]) {
      case "check" ->
          operand == null ? misused("check takes the path of one file", err) : check(operand);
      case "new-key" -> operand == null ? misused("new-key takes one name", err) : newKey(operand);
      case "hash" -> args.length > 1 ? misused("hash takes no arguments; " + STDIN, err) : hash();
      case "version", "--version" ->
          args.length > 1
              ? misused("version takes no arguments", err)
              : say("ostiary " + version());
      case "help", "--help", "-h" -> say(USAGE);
      default -> misused("there is no command " + named(args[0]), err);
    };
  }

  private static String named(String command) {
    return '"' + Problems.printable(command) + '"' + Nearest.hint(command, COMMANDS);
  }

  private int say(String text) {
    out.println(text);
    return OK;
  }

  /**
   * Says what is wrong with the arguments, and what they may be.
   *
   * @return the exit status
   */
  public static int misused(String why, PrintStream err) {
    err.println(why);
    err.println(USAGE);
    return MISUSED;
  }

  private int check(String file) {
    try {
      PolicyReading reading = new PolicyFile(Path.of(file), surroundings, new LineLog(err)).read();
      new PolicyReport(reading.orThrow(), clock.instant()).lines().forEach(out::println);
      return OK;
    } catch (PolicyException e) {
      err.println(e.getMessage());
    } catch (InvalidPathException e) {
      err.println("the path of a file was expected");
    }
    return PROBLEMS;
  }

  private int newKey(String name) {
    if (!NameRule.isTag(name)) {
      err.println("a key's name has 1 to 100 letters, digits, _ or -");
      return MISUSED;
    }
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    String key = "ost-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    out.println("# the key, shown only now:");
    out.println(key);
    out.println("# the line for the policy file:");
    out.println("key." + name + ".sha256 = " + hex(Digest.of(key)));
    return OK;
  }

  private int hash() {
    String key = standardInput();
    String trouble = trouble(key);
    if (trouble != null) {
      err.println(trouble);
      return PROBLEMS;
    }
    out.println(hex(Digest.of(key)));
    return OK;
  }

  private String standardInput() {
    try {
      byte[] text = in.readNBytes(Credential.LONGEST + 3);
      int end = text.length;
      if (end > 0 && text[end - 1] == '\n') {
        end -= end > 1 && text[end - 2] == '\r' ? 2 : 1;
      }
      return new String(text, 0, end, ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Why no call could ever come with a key, or {@code null} if one can. */
  private static @Nullable String trouble(String key) {
    if (key.isEmpty()) {
      return STDIN;
    }
    return Credential.isKey(key)
        ? null
        : "a key has up to "
            + Credential.LONGEST
            + " visible ASCII characters, and stands on one line";
  }

  private static String hex(Digest digest) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(digest.a())
        + hex.toHexDigits(digest.b())
        + hex.toHexDigits(digest.c())
        + hex.toHexDigits(digest.d());
  }

  private static String version() {
    try (InputStream resource = CommandLine.class.getResourceAsStream("version.txt")) {
      return resource == null ? "unknown" : new String(resource.readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells the one who runs a command what the guard would tell its log. */
  private record LineLog(PrintStream err) implements Log {

    @Override
    public void info(String message) {
      err.println("note: " + message);
    }

    @Override
    public void warn(String message) {
      err.println("warning: " + message);
    }

    @Override
    public void error(String message, Throwable cause) {
      err.println("error: " + message + ": " + cause);
    }
  }
}
