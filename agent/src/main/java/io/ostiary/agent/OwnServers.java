package io.ostiary.agent;

import io.ostiary.core.Guard;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Servers of an app's own kind: a subclass of Jetty's that answers in its own {@code handle}, and may never call the hooked one, is
 * given the same hook before it starts. One of Jetty 9.4 to 11 that does so before there is anything to swap is judged by the
 * head alone, of which the operator is warned.
 */
final class OwnServers {

  private static final String SERVER = "org.eclipse.jetty.server.Server";

  /** What a subclass may have in place of Jetty's; of several, the first is looked at. */
  private static final List<Hook> INHERITED =
      Hook.ALL.stream()
          .filter(hook -> hook.loss() == Hook.Loss.GUARD)
          .filter(hook -> hook.type().equals(SERVER) || hook.door().equals("JettyServer"))
          .toList();

  private final Instrumentation jvm;
  private final Weaver weaver;
  private final Guard guard;

  OwnServers(Instrumentation jvm, Weaver weaver, Guard guard) {
    this.jvm = jvm;
    this.weaver = weaver;
    this.guard = guard;
  }

  /** Looks at a class that may be that of a server. */
  void meet(Class<?> type) {
    if (!isOwn(type)) {
      return;
    }
    for (Class<?> each = type; !each.getName().equals(SERVER); each = each.getSuperclass()) {
      adopt(each);
    }
  }

  private static boolean isOwn(Class<?> type) {
    for (Class<?> each = type.getSuperclass(); each != null; each = each.getSuperclass()) {
      if (each.getName().equals(SERVER)) {
        return true;
      }
    }
    return false;
  }

  private synchronized void adopt(Class<?> own) {
    try {
      Hook inherited = weaver.hookOf(own) == null ? overridden(own) : null;
      if (inherited == null) {
        return;
      }
      weaver.adopt(own, inherited);
      weaver.weaveAnew(own, jvm);
      if (weaver.hookOf(own) == null) {
        weaver.cannotGuard(own.getName(), new IllegalStateException("the hook is not in"));
      } else if (inherited.door().equals("JettyConnector")) {
        guard.warnOfHeadAlone(own.getName());
      }
    } catch (Throwable cause) {
      // The server is about to start, and would serve what nobody judges.
      weaver.cannotGuard(own.getName(), cause);
    }
  }

  /**
   * By its class file: to ask the JVM for its methods would link what they speak of, which need not be there.
   * One that was made at run time may have none.
   */
  private static @Nullable Hook overridden(Class<?> own) throws IOException {
    Set<String> methods = new HashSet<>();
    String file = "/" + own.getName().replace('.', '/') + ".class";
    try (InputStream in = own.getResourceAsStream(file)) {
      if (in != null) {
        new ClassReader(in).accept(new Methods(methods), ClassReader.SKIP_CODE);
      } else {
        for (Method method : own.getDeclaredMethods()) {
          methods.add(method.getName() + Type.getMethodDescriptor(method));
        }
      }
    }
    for (Hook hook : INHERITED) {
      for (String method : methods) {
        int end = method.indexOf('(');
        if (hook.matches(method.substring(0, end), method.substring(end))) {
          return hook;
        }
      }
    }
    return null;
  }

  /** Notes the methods of a class, by name and descriptor. */
  private static final class Methods extends ClassVisitor {

    private final Set<String> methods;

    Methods(Set<String> methods) {
      super(Opcodes.ASM9);
      this.methods = methods;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      methods.add(name + descriptor);
      return null;
    }
  }
}
