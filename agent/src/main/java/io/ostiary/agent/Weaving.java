package io.ostiary.agent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The inlining of hooks' advice into the methods of one class. Only the method's body changes, so that the result also suits classes that
 * are loaded already, and other agents; no other class is looked at.
 */
final class Weaving {

  private final ClassReader reader;
  private final List<Hook> hooks;

  /**
   * Finds which of a class's hooks are the ones for it.
   *
   * @param generations the hooks of that class, at least one
   * @throws NoSuchMethodException if there is no door all of whose hooks find their methods
   */
  Weaving(List<Hook> generations, byte[] classFile) throws NoSuchMethodException {
    reader = new ClassReader(classFile);
    Search search = new Search(generations);
    reader.accept(search, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
    hooks = search.ofOneDoor();
    if (hooks.isEmpty()) {
      Hook sought = generations.get(0);
      throw new NoSuchMethodException(sought.type() + "." + sought.method());
    }
  }

  /** The first of the hooks that fit: the door, and what else it tells of them, is the same for all. */
  Hook hook() {
    return hooks.get(0);
  }

  /** The class file with the hooks in it. */
  byte[] weave() {
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new Rewriting(writer, hooks), ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  private static final class Search extends ClassVisitor {

    private final List<Hook> generations;

    /** By identity: there is one of each, and to compare records the JDK would have to link a lot first. */
    private final Set<Hook> found = Collections.newSetFromMap(new IdentityHashMap<>());

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
        if (generation.matches(name, descriptor)) {
          found.add(generation);
        }
      }
      return null;
    }

    /** All hooks of the first door for which none is missing, and a start or stop beside it; empty if there is no such door. */
    List<Hook> ofOneDoor() {
      for (Hook first : generations) {
        List<Hook> ofDoor =
            generations.stream().filter(hook -> hook.door().equals(first.door())).toList();
        if (first.loss() == generations.get(0).loss() && found.containsAll(ofDoor)) {
          return withTimes(ofDoor, first.door());
        }
      }
      return List.of();
    }

    private List<Hook> withTimes(List<Hook> ofDoor, String door) {
      List<Hook> all = new ArrayList<>(ofDoor);
      for (Hook hook : generations) {
        boolean isTime = hook.loss() == Hook.Loss.STOP || hook.loss() == Hook.Loss.START;
        if (isTime && found.contains(hook) && !hook.door().equals(door)) {
          all.add(hook);
        }
      }
      return all;
    }
  }

  private static final class Rewriting extends ClassVisitor {

    private final List<Hook> hooks;

    Rewriting(ClassVisitor out, List<Hook> hooks) {
      super(Opcodes.ASM9, out);
      this.hooks = hooks;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
      for (Hook hook : hooks) {
        if (hook.matches(name, descriptor)) {
          String owner = hook.type().replace('.', '/');
          return new WovenMethod(method, owner, access, descriptor, hook.advice());
        }
      }
      return method;
    }
  }
}
