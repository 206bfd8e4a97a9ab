package io.ostiary.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The inlining of a hook's advice into its method. Only the method's body changes, so that the result also suits classes that
 * are loaded already, and other agents; no other class is looked at.
 */
final class Weaving {

  private final ClassReader reader;
  private final Hook hook;

  /**
   * Finds which of a class's hooks is the one for it.
   *
   * @param generations the hooks of that class, at least one
   * @throws NoSuchMethodException if none finds its method
   */
  Weaving(List<Hook> generations, byte[] classFile) throws NoSuchMethodException {
    reader = new ClassReader(classFile);
    Search search = new Search(generations);
    reader.accept(search, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
    if (search.found == null) {
      Hook sought = generations.get(0);
      throw new NoSuchMethodException(sought.type() + "." + sought.method());
    }
    hook = search.found;
  }

  /** The hook that fits. */
  Hook hook() {
    return hook;
  }

  /** The class file with the hook in it. */
  byte[] weave() {
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new Rewriting(writer, hook), ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  private static final class Search extends ClassVisitor {

    private final List<Hook> generations;
    private @Nullable Hook found;

    Search(List<Hook> generations) {
      super(Opcodes.ASM9);
      this.generations = generations;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      for (Hook generation : generations) {
        if (found == null && generation.matches(name, descriptor)) {
          found = generation;
        }
      }
      return null;
    }
  }

  private static final class Rewriting extends ClassVisitor {

    private final Hook hook;

    Rewriting(ClassVisitor out, Hook hook) {
      super(Opcodes.ASM9, out);
      this.hook = hook;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
      return hook.matches(name, descriptor)
          ? new WovenMethod(
              method, hook.type().replace('.', '/'), access, descriptor, hook.advice())
          : method;
    }
  }
}
