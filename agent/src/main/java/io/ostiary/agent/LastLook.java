package io.ostiary.agent;

import io.ostiary.agent.hook.Hooks;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last who is shown a class, after all that change it. A class that was transformed when it was there already keeps the
 * constants of what it was before, so that they do not tell whether it still calls the hooks; it has to be transformed once more.
 */
final class LastLook implements ClassFileTransformer {

  private static final byte[] HOOKS =
      Hooks.class.getName().replace('.', '/').getBytes(StandardCharsets.US_ASCII);

  private final Class<?> type;
  private volatile boolean found;

  private LastLook(Class<?> type) {
    this.type = type;
  }

  /** Whether a class calls the hooks when all who change it have had their turn. */
  static boolean finds(Instrumentation jvm, Class<?> type) throws UnmodifiableClassException {
    LastLook look = new LastLook(type);
    jvm.addTransformer(look, true);
    try {
      jvm.retransformClasses(type);
    } finally {
      jvm.removeTransformer(look);
    }
    return look.found;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> loaded,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (loaded == type) {
      found = contains(classFile);
    }
    return null;
  }

  private static boolean contains(byte[] classFile) {
    for (int at = 0; at <= classFile.length - HOOKS.length; at++) {
      if (Arrays.equals(classFile, at, at + HOOKS.length, HOOKS, 0, HOOKS.length)) {
        return true;
      }
    }
    return false;
  }
}
