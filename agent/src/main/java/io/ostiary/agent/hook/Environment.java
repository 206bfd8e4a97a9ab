package io.ostiary.agent.hook;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What the environment has to do with the agent's being here: {@code JAVA_TOOL_OPTIONS} reaches every JVM that is started, also those
 * of tools that serve nobody, and where the policy may not even be.
 */
public final class Environment {

  private static final String OPTIONS = "JAVA_TOOL_OPTIONS";

  /** What runs Maven, and servers too; where {@link #MAVEN} is, as Maven's own scripts say, it is Maven. */
  private static final String CLASSWORLDS = "org.codehaus.plexus.classworlds.launcher.Launcher";

  private static final String MAVEN = "maven.home";

  /** What runs Gradle, and Maven's wrapper, which runs Maven in its own JVM; as the launcher names them. */
  private static final Set<String> BUILDS =
      Set.of(
          "org.apache.maven.wrapper.MavenWrapperMain",
          "org.gradle.wrapper.GradleWrapperMain",
          "org.gradle.launcher.GradleMain",
          "org.gradle.launcher.daemon.bootstrap.GradleDaemon");

  private Environment() {}

  /** Whether the environment brings this agent into the JVMs that this one starts. */
  public static boolean bringsAgent() {
    String options = System.getenv(OPTIONS);
    return options != null && options.contains("-javaagent:") && options.contains(jarName());
  }

  /** Whether this JVM is one of the JDK's tools. */
  static boolean isJdkTool() {
    String module = System.getProperty("jdk.module.main", "");
    return module.startsWith("jdk.") || module.startsWith("java.");
  }

  /** Whether this JVM runs a command of the agent's own jar, and nothing else. */
  static boolean isCommandOf(Path agent) {
    String jar = System.getProperty("sun.java.command", "").split(" ", 2)[0];
    try {
      return jar.endsWith(".jar") && Files.isSameFile(Path.of(jar), agent);
    } catch (IOException | InvalidPathException another) {
      return false;
    }
  }

  /** Whether this JVM builds something, and nobody has asked for the agent in it but the environment. */
  static boolean isBuildByTheWay() {
    String command = System.getProperty("sun.java.command", "").split(" ", 2)[0];
    return isBuild(command) && bringsAgent() && !isAskedFor();
  }

  private static boolean isBuild(String command) {
    return command.equals(CLASSWORLDS)
        ? System.getProperty(MAVEN) != null
        : BUILDS.contains(command);
  }

  /** Whether the command line of this JVM has the agent in it; where it cannot be told, it is taken to have. */
  private static boolean isAskedFor() {
    Optional<String[]> arguments = ProcessHandle.current().info().arguments();
    return arguments.isEmpty() || String.join(" ", arguments.get()).contains(jarName());
  }

  private static String jarName() {
    URI jar =
        URI.create(Agent.class.getProtectionDomain().getCodeSource().getLocation().toString());
    return String.valueOf(Path.of(jar).getFileName());
  }
}
