package io.ostiary.agent;

import io.ostiary.agent.hook.Hooks;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;

/**
 * Whether a class that is loaded calls the hooks, by its constants as the JVM has them: that it was given a hook does not say that
 * nobody has taken it out again, and what an agent that comes later makes of a class no transformer of ours is shown.
 *
 * <p>The JVM is asked by way of {@code Class.getConstantPool}, which the JDK keeps to itself; there is no other way but to weave anew.
 */
final class Proof {

  private static final String HOOKS = Hooks.class.getName().replace('.', '/');

  private final Method pool;
  private final Method size;
  private final Method tag;
  private final Method text;

  /**
   * One for this JVM.
   *
   * @throws ReflectiveOperationException if its JDK has nothing of the kind
   * @throws RuntimeException likewise
   */
  Proof(Instrumentation jvm) throws ReflectiveOperationException {
    Set<Module> us = Set.of(Proof.class.getModule());
    Map<String, Set<Module>> opened = Map.of("java.lang", us, "jdk.internal.reflect", us);
    jvm.redefineModule(Object.class.getModule(), Set.of(), Map.of(), opened, Set.of(), Map.of());
    pool = accessible(Class.class.getDeclaredMethod("getConstantPool"));
    Class<?> constants = pool.getReturnType();
    size = accessible(constants.getMethod("getSize"));
    tag = accessible(constants.getMethod("getTagAt", int.class));
    text = accessible(constants.getMethod("getUTF8At", int.class));
  }

  private static Method accessible(Method method) {
    method.setAccessible(true);
    return method;
  }

  /** Whether a class calls the hooks. */
  boolean isCarriedBy(Class<?> loaded) throws ReflectiveOperationException {
    Object constants = pool.invoke(loaded);
    int count = (int) size.invoke(constants);
    for (int i = 1; i < count; i++) {
      if (isHooks(constants, i)) {
        return true;
      }
    }
    return false;
  }

  private boolean isHooks(Object constants, int i) throws ReflectiveOperationException {
    try {
      return "UTF8".equals(String.valueOf(tag.invoke(constants, i)))
          && HOOKS.equals(text.invoke(constants, i));
    } catch (InvocationTargetException noEntry) {
      // A number of two words leaves the second empty.
      return false;
    }
  }
}
