package io.ostiary.agent;

import io.ostiary.agent.hook.Hooks;
import io.ostiary.core.CommandLine;
import io.ostiary.core.Guard;
import io.ostiary.core.PolicyException;
import java.lang.instrument.Instrumentation;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the agent's world is entered from its hook package. */
public final class Start {

  private Start() {}

  /**
   * Guards this JVM's servers.
   *
   * @param file the policy file, or {@code null} to look in the usual places
   * @return whether it does; if not, standard error says why
   */
  public static boolean guard(@Nullable String file, Instrumentation jvm) {
    return guard(file, jvm, false);
  }

  /** The same in a JVM that runs already; a server in it that cannot be guarded is left running. */
  public static boolean guardLate(@Nullable String file, Instrumentation jvm) {
    return guard(file, jvm, true);
  }

  private static boolean guard(@Nullable String file, Instrumentation jvm, boolean late) {
    Console console = new Console(System.err);
    Switches.check(console);
    StatusFile status = StatusFile.asked(console);
    status.forget();
    try {
      Path path = file == null || file.isBlank() ? null : Path.of(file);
      return install(Guard.open(path, console), jvm, console, status, late);
    } catch (PolicyException problems) {
      console.say("cannot guard, the policy has problems:");
      console.list(problems.getMessage());
    } catch (InvalidPathException unusable) {
      console.say("cannot guard, this is no file name: " + file);
    } catch (Throwable cause) {
      console.error("cannot guard, the agent failed to start", cause);
    }
    return false;
  }

  /** Guards nothing: the status that is left of a JVM that did is not to be taken for this one's. */
  public static void guardNothing() {
    StatusFile.asked(new Console(System.err)).forget();
  }

  /**
   * Runs one command.
   *
   * @param agent the agent's jar
   * @return the exit status
   */
  public static int command(String[] arguments, Path agent) {
    if (Attachment.isMeant(arguments)) {
      return new Attachment(agent, System.out, System.err).run(arguments);
    }
    return CommandLine.run(arguments, System.in, System.out, System.err);
  }

  /** Answers whether all that is loaded already is guarded. */
  private static boolean install(
      Guard guard, Instrumentation jvm, Console console, StatusFile status, boolean late) {
    System.setProperty(Guard.AGENT_POLICY, String.valueOf(guard.file()));
    Armament armament = new Armament(String.valueOf(guard.file()), status);
    status.goesWithTheJvm();
    armament.tell();
    Weaver weaver = new Weaver(guard, console, armament, late);
    OwnServers servers = new OwnServers(jvm, weaver, guard);
    Hooks.open(new Gate(guard, weaver, servers::meet, console));
    jvm.addTransformer(weaver, true);
    Watch watch = new Watch(jvm, weaver, servers, armament, console);
    watch.weaveLoaded();
    watch.start();
    Thread unused = guard.drainsAtExit();
    guard.showFigures(null);
    // Where it matters a JVM that has just begun to start has been ended by now.
    return !late || !weaver.hasFailed();
  }
}
