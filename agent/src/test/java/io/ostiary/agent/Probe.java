package io.ostiary.agent;

import java.util.List;

/** An application that knows nothing of the agent: it tells which of the agent's classes it can see, and ends with its input. */
final class Probe {

  private Probe() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println("running");
    for (String name :
        List.of(
            "io.ostiary.agent.hook.Hooks",
            "io.ostiary.agent.Start",
            "io.ostiary.core.Guard",
            "io.ostiary.shaded.asm.ClassReader",
            "io.ostiary.shaded.bucket4j.Bucket",
            "org.objectweb.asm.ClassReader",
            "io.github.bucket4j.Bucket")) {
      try {
        Class.forName(name);
        System.out.println("sees " + name);
      } catch (ClassNotFoundException hidden) {
        System.out.println("does not see " + name);
      }
    }
    while (System.in.read() >= 0) {
      // Until the test closes it.
    }
  }
}
