package io.ostiary.agent;

import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription.InDefinedShape;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.InstrumentedType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;

/**
 * The inlining of a hook's advice into its method. Only the method's body changes, so that the result also suits classes that
 * are loaded already, and other agents.
 */
final class Weaving {

  private final ClassFileLocator locator;
  private final TypeDescription type;
  private final InDefinedShape method;
  private final Hook hook;

  /**
   * Finds which of a class's hooks is the one for it.
   *
   * @param generations the hooks of that class, at least one
   * @param theirs where the classes are that it speaks of
   * @throws NoSuchMethodException if none finds its method
   */
  Weaving(List<Hook> generations, ClassFileLocator theirs, byte[] classFile)
      throws NoSuchMethodException {
    String name = generations.get(0).type();
    locator = new ClassFileLocator.Compound(ClassFileLocator.Simple.of(name, classFile), theirs);
    type = TypePool.Default.WithLazyResolution.of(locator).describe(name).resolve();
    for (InDefinedShape candidate : type.getDeclaredMethods()) {
      for (Hook generation : generations) {
        if (generation.matches(candidate.getInternalName(), candidate.getDescriptor())) {
          method = candidate;
          hook = generation;
          return;
        }
      }
    }
    throw new NoSuchMethodException(name + "." + generations.get(0).method());
  }

  /** The hook that fits. */
  Hook hook() {
    return hook;
  }

  /** The class file with the hook in it. */
  byte[] weave() {
    ClassFileLocator ours = ClassFileLocator.ForClassLoader.of(Weaving.class.getClassLoader());
    TypeDescription advice =
        TypePool.Default.WithLazyResolution.of(ours).describe(hook.doorType()).resolve();
    return new ByteBuddy()
        .with(TypeValidation.DISABLED)
        .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
        .with(Implementation.Context.Disabled.Factory.INSTANCE)
        .with(InstrumentedType.Factory.Default.FROZEN)
        .redefine(type, locator)
        .visit(Advice.to(advice, ours).on(ElementMatchers.is(method)))
        .make()
        .getBytes();
  }
}
