package io.ostiary.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ostiary.core.CommandLine;
import io.ostiary.core.Guard;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The command that loads the agent into a JVM that runs already. The JDK's part of it is called by its names, since a runtime
 * without the module {@code jdk.attach} has no such classes.
 */
final class Attachment {

  private static final int OK = 0;
  private static final int PROBLEMS = 1;

  private static final String DISABLED = "ostiary.agent.enabled";

  private static final String INSTEAD =
      "start the server with -javaagent:ostiary-agent.jar=FILE instead, which always works";

  private final Path agent;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * An attachment of one agent.
   *
   * @param agent its jar
   */
  Attachment(Path agent, PrintStream out, PrintStream err) {
    this.agent = agent;
    this.out = out;
    this.err = err;
  }

  /** Whether a command line asks for this. */
  static boolean isMeant(String[] arguments) {
    return arguments.length > 0 && arguments[0].equals("attach");
  }

  /**
   * Attaches.
   *
   * @return the exit status: 0 if a server is guarded now, 1 if not, 2 if the arguments make no sense
   */
  int run(String[] arguments) {
    if (arguments.length != 3 || !arguments[1].chars().allMatch(Character::isDigit)) {
      return CommandLine.misused(
          "attach takes the number of a process and the path of a policy file", err);
    }
    String policy = Path.of(arguments[2]).toAbsolutePath().toString();
    // A file with problems is told of here, and not by the server.
    int checked =
        CommandLine.run(
            new String[] {"check", policy},
            InputStream.nullInputStream(),
            new PrintStream(OutputStream.nullOutputStream(), false, UTF_8),
            err);
    return checked == OK ? attach(arguments[1], policy) : checked;
  }

  private int attach(String pid, String policy) {
    try {
      Machine machine = Machine.of(pid);
      try {
        return attach(machine, pid, policy);
      } finally {
        machine.detach();
      }
    } catch (ClassNotFoundException missing) {
      return cannot("this Java runtime has no module jdk.attach; use that of a JDK");
    } catch (InvocationTargetException e) {
      return cannot(pid, String.valueOf(e.getCause()));
    } catch (ReflectiveOperationException e) {
      return cannot(pid, e.toString());
    }
  }

  private int attach(Machine machine, String pid, String policy)
      throws ReflectiveOperationException {
    String present = machine.properties().getProperty(Guard.AGENT_POLICY);
    if (present != null) {
      err.println("ostiary: process " + pid + " is guarded already, by policy " + present);
      err.println("It follows that file; another one needs a restart");
      return PROBLEMS;
    }
    if (machine.properties().getProperty(DISABLED, "true").equals("false")) {
      err.println(
          "ostiary: process " + pid + " runs with -D" + DISABLED + "=false; restart it without");
      return PROBLEMS;
    }
    machine.load(agent.toString(), policy);
    String servers = machine.properties().getProperty(Weaver.GUARDED);
    if (servers == null) {
      return cannot("the agent is in process " + pid + ", but no Tomcat or Jetty is");
    }
    out.println("ostiary: process " + pid + " is guarded: " + servers);
    return OK;
  }

  private int cannot(String pid, String cause) {
    String why = "cannot attach to process " + pid + ": " + cause;
    if (cause.contains("AgentInitializationException")) {
      return cannot(why + "\nThe process's own standard error says more");
    }
    return cannot(
        why
            + "\nIt must run, on HotSpot, for the same user, and without -XX:+DisableAttachMechanism or"
            + " -XX:-EnableDynamicAgentLoading");
  }

  private int cannot(String why) {
    err.println("ostiary: " + why + "; " + INSTEAD);
    return PROBLEMS;
  }

  /** A running JVM, by way of {@code com.sun.tools.attach.VirtualMachine}. */
  private record Machine(Class<?> type, Object machine) {

    static Machine of(String pid) throws ReflectiveOperationException {
      Class<?> type =
          Class.forName(
              "com.sun.tools.attach.VirtualMachine", true, ClassLoader.getSystemClassLoader());
      return new Machine(type, type.getMethod("attach", String.class).invoke(null, pid));
    }

    Properties properties() throws ReflectiveOperationException {
      return (Properties) type.getMethod("getSystemProperties").invoke(machine);
    }

    void load(String jar, String argument) throws ReflectiveOperationException {
      type.getMethod("loadAgent", String.class, String.class).invoke(machine, jar, argument);
    }

    void detach() throws ReflectiveOperationException {
      type.getMethod("detach").invoke(machine);
    }
  }
}
