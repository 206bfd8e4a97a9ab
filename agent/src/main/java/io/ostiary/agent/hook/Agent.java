package io.ostiary.agent.hook;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** Where the JVM enters the agent: beside an application, or as a command of its own. */
public final class Agent {

  private static final String ENABLED = "ostiary.agent.enabled";
  private static final String STATUS = "ostiary.agent.status";

  private static final AtomicBoolean STARTED = new AtomicBoolean();

  private Agent() {}

  /**
   * Guards the application that is about to start; ends the JVM if it cannot.
   *
   * @param file the policy file, relative to the working directory, or {@code null} to look in the usual places
   */
  public static void premain(@Nullable String file, Instrumentation jvm) throws Exception {
    if (Environment.isJdkTool() || Environment.isCommandOf(jar())) {
      return;
    }
    if (isDisabled()) {
      if (System.getProperty(STATUS) != null) {
        call("guardNothing", new Class<?>[0]);
      }
      return;
    }
    if (Environment.isBuildByTheWay()) {
      System.err.println(
          "ostiary: NOT GUARDING this JVM, which runs a build; a server in it needs the agent in MAVEN_OPTS, or on its command line");
    } else if (isFirst() && !guards("guard", file, jvm)) {
      System.exit(1);
    }
  }

  /** Guards an application that runs already; leaves it as it is if it cannot. */
  public static void agentmain(@Nullable String file, Instrumentation jvm) throws Exception {
    if (isDisabled() || !isFirst()) {
      return;
    }
    try {
      if (!guards("guardLate", file, jvm)) {
        throw new IllegalStateException("ostiary: not guarding; standard error says why");
      }
    } finally {
      // With nothing in place yet, the next attempt may do better.
      STARTED.set(Hooks.areOpen());
    }
  }

  /** The command line. */
  public static void main(String[] arguments) throws Exception {
    Class<?>[] types = {String[].class, Path.class};
    System.exit((int) Objects.requireNonNull(call("command", types, arguments, jar())));
  }

  /** Whether the agent is to do nothing at all; who says it otherwise than in these words is guarded. */
  private static boolean isDisabled() {
    String enabled = System.getProperty(ENABLED, "true");
    if (enabled.equals("false")) {
      System.err.println("ostiary: NOTHING IS GUARDED (" + ENABLED + " = false)");
      return true;
    }
    if (!enabled.equals("true")) {
      System.err.println(
          "ostiary: WARNING: "
              + ENABLED
              + " takes true or false, not "
              + enabled
              + "; taken for true");
    }
    return false;
  }

  private static boolean isFirst() {
    if (STARTED.compareAndSet(false, true)) {
      return true;
    }
    System.err.println(
        "ostiary: already guarding; another -javaagent or attach is ignored, policy "
            + System.getProperty("io.ostiary.agent.policy", "of the first")
            + " holds");
    return false;
  }

  private static boolean guards(String how, @Nullable String file, Instrumentation jvm)
      throws Exception {
    return (boolean)
        Objects.requireNonNull(
            call(how, new Class<?>[] {String.class, Instrumentation.class}, file, jvm));
  }

  private static @Nullable Object call(
      String method, Class<?>[] types, @Nullable Object... arguments) throws Exception {
    try {
      return new AgentClassLoader(new JarFile(jar().toFile()))
          .loadClass("io.ostiary.agent.Start")
          .getMethod(method, types)
          .invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static Path jar() throws IOException, URISyntaxException {
    return Path.of(Agent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
