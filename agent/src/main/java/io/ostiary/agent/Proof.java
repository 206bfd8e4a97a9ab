package io.ostiary.agent;

import io.ostiary.agent.hook.Hooks;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Reads a loaded class back from the JVM, behind all other agents, to see whether it carries its hook: that it was given one does not
 * say that nobody has taken it out again. Used by one thread.
 */
final class Proof implements ClassFileTransformer {

  private static final String HOOKS = Hooks.class.getName().replace('.', '/');

  private final Instrumentation jvm;
  private @Nullable Class<?> sought;
  private boolean found;

  Proof(Instrumentation jvm) {
    this.jvm = jvm;
  }

  /**
   * Whether a class calls the hooks, as it is now.
   *
   * @throws UnmodifiableClassException if the JVM does not let it be read
   * @throws LinkageError if another agent's changes do not let it be read
   * @throws UnsupportedOperationException likewise
   */
  boolean isCarriedBy(Class<?> loaded) throws UnmodifiableClassException {
    sought = loaded;
    found = false;
    jvm.addTransformer(this, true);
    try {
      jvm.retransformClasses(loaded);
    } finally {
      jvm.removeTransformer(this);
      sought = null;
    }
    return found;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> loaded,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (loaded != null && loaded == sought) {
      // In a class file a name that is called stands as it is written.
      found = new String(classFile, StandardCharsets.ISO_8859_1).contains(HOOKS);
    }
    return null;
  }
}
