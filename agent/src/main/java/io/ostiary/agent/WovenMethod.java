package io.ostiary.agent;

import io.ostiary.agent.hook.Hooks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.LocalVariablesSorter;

/**
 * A method of an instance, as it is rewritten with an advice in it. What is written by the way of {@code mv} is ours; the rest
 * is the method's own, with its local variables moved by the one that is added.
 */
final class WovenMethod extends LocalVariablesSorter {

  private static final String HOOKS = Type.getInternalName(Hooks.class);
  private static final String OBJECT = "Ljava/lang/Object;";
  private static final String CALL = "(Ljava/lang/Class;" + OBJECT + OBJECT + OBJECT + ")";
  private static final String SWAP = "(" + OBJECT + OBJECT + ")" + OBJECT;
  private static final String LEAVE = "(" + OBJECT + "Ljava/lang/Throwable;)Z";
  private static final String TELL = "(Ljava/lang/Class;I" + OBJECT + ")Ljava/nio/ByteBuffer;";
  private static final Type ANY = Type.getType(Object.class);

  private final String owner;
  private final Type[] arguments;
  private final Type result;
  private final Advice advice;
  private final Label begin = new Label();
  private final Label exit = new Label();
  private int passage;

  WovenMethod(MethodVisitor out, String owner, int access, String descriptor, Advice advice) {
    super(Opcodes.ASM9, access, descriptor, out);
    this.owner = owner;
    this.arguments = Type.getArgumentTypes(descriptor);
    this.result = Type.getReturnType(descriptor);
    this.advice = advice;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    switch (advice.kind()) {
      case REFUSES -> skipIf("refuses");
      case ANSWERS -> skipIf("answers");
      case ENTERS -> enter();
      case TELLS -> tell();
      case STARTS -> {
        mv.visitVarInsn(Opcodes.ALOAD, 0);
        hook("starts", "(" + OBJECT + ")V");
      }
      case ENDS -> end();
      case STOPS -> {
        hook("stops", "()V");
        mv.visitLabel(begin);
      }
      case REFUSES_WHAT_WAS_PARSED -> {
        // It is looked at where it returns.
      }
    }
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == Opcodes.IRETURN && advice.kind() == Advice.Kind.REFUSES_WHAT_WAS_PARSED) {
      refuseParsed();
    } else if (opcode == Opcodes.RETURN && hasExit()) {
      mv.visitJumpInsn(Opcodes.GOTO, exit);
    } else {
      super.visitInsn(opcode);
    }
  }

  @Override
  public void visitMaxs(int stack, int locals) {
    if (advice.kind() == Advice.Kind.ENTERS) {
      leave();
    } else if (advice.kind() == Advice.Kind.STOPS) {
      stopped();
    }
    super.visitMaxs(stack, locals);
  }

  /** Whether the method is left by way of ours. */
  private boolean hasExit() {
    return advice.kind() == Advice.Kind.ENTERS || advice.kind() == Advice.Kind.STOPS;
  }

  private void skipIf(String hook) {
    Label body = new Label();
    call(hook, "Z");
    mv.visitJumpInsn(Opcodes.IFEQ, body);
    if (result == Type.BOOLEAN_TYPE) {
      mv.visitInsn(Opcodes.ICONST_1);
    }
    mv.visitInsn(result.getOpcode(Opcodes.IRETURN));
    place(body, false, null);
    mv.visitInsn(Opcodes.NOP);
  }

  private void tell() {
    Label body = new Label();
    mv.visitLdcInsn(Type.getObjectType(owner));
    load(advice.request());
    load(advice.response());
    hook("tells", TELL);
    mv.visitInsn(Opcodes.DUP);
    mv.visitJumpInsn(Opcodes.IFNULL, body);
    mv.visitInsn(Opcodes.ARETURN);
    place(body, false, result.getInternalName());
    mv.visitInsn(Opcodes.POP);
  }

  private void end() {
    mv.visitLdcInsn(Type.getObjectType(owner));
    mv.visitVarInsn(Opcodes.ALOAD, 0);
    hook("isDoneWith", "(Ljava/lang/Class;" + OBJECT + ")V");
  }

  private void refuseParsed() {
    Label no = new Label();
    mv.visitJumpInsn(Opcodes.IFEQ, no);
    call("refuses", "Z");
    mv.visitJumpInsn(Opcodes.IFNE, no);
    mv.visitInsn(Opcodes.ICONST_1);
    mv.visitInsn(Opcodes.IRETURN);
    place(no, false, null);
    mv.visitInsn(Opcodes.ICONST_0);
    mv.visitInsn(Opcodes.IRETURN);
  }

  private void enter() {
    passage = newLocal(ANY);
    if (advice.start() != null || advice.only() != null) {
      passBy();
    }
    call("enter", OBJECT);
    mv.visitVarInsn(Opcodes.ASTORE, passage);
    swap("request", advice.request());
    swap("response", advice.response());
    mv.visitVarInsn(Opcodes.ALOAD, passage);
    hook("isRefused", "(" + OBJECT + ")Z");
    mv.visitJumpInsn(Opcodes.IFNE, exit);
    place(begin, true, null);
    // Or a frame of the method's own could fall on the same instruction.
    mv.visitInsn(Opcodes.NOP);
  }

  /** Straight to the method, without a passage, where it is not its start, or not the instance that is meant. */
  private void passBy() {
    Label door = new Label();
    mv.visitVarInsn(Opcodes.ALOAD, 0);
    if (advice.only() == null) {
      mv.visitFieldInsn(Opcodes.GETFIELD, owner, advice.start(), "I");
      mv.visitJumpInsn(Opcodes.IFEQ, door);
    } else {
      mv.visitTypeInsn(Opcodes.INSTANCEOF, advice.only());
      mv.visitJumpInsn(Opcodes.IFNE, door);
    }
    mv.visitInsn(Opcodes.ACONST_NULL);
    mv.visitVarInsn(Opcodes.ASTORE, passage);
    mv.visitJumpInsn(Opcodes.GOTO, begin);
    place(door, false, null);
  }

  private void swap(String hook, int argument) {
    mv.visitVarInsn(Opcodes.ALOAD, passage);
    mv.visitVarInsn(Opcodes.ALOAD, slot(argument));
    hook(hook, SWAP);
    mv.visitTypeInsn(Opcodes.CHECKCAST, arguments[argument].getInternalName());
    mv.visitVarInsn(Opcodes.ASTORE, slot(argument));
  }

  /** Both ends of the method: what it throws, which may have been answered, and its return. */
  private void leave() {
    Label end = new Label();
    Label thrown = new Label();
    Label answered = new Label();
    mv.visitLabel(end);
    mv.visitTryCatchBlock(begin, end, thrown, null);
    place(thrown, true, "java/lang/Throwable");
    int cause = newLocal(Type.getType(Throwable.class));
    mv.visitVarInsn(Opcodes.ASTORE, cause);
    mv.visitVarInsn(Opcodes.ALOAD, passage);
    mv.visitVarInsn(Opcodes.ALOAD, cause);
    hook("leave", LEAVE);
    mv.visitJumpInsn(Opcodes.IFNE, answered);
    mv.visitVarInsn(Opcodes.ALOAD, cause);
    mv.visitInsn(Opcodes.ATHROW);
    place(answered, true, null);
    mv.visitInsn(Opcodes.RETURN);
    place(exit, true, null);
    mv.visitVarInsn(Opcodes.ALOAD, passage);
    mv.visitInsn(Opcodes.ACONST_NULL);
    hook("leave", LEAVE);
    mv.visitInsn(Opcodes.POP);
    mv.visitInsn(Opcodes.RETURN);
  }

  private void stopped() {
    Label end = new Label();
    Label thrown = new Label();
    mv.visitLabel(end);
    mv.visitTryCatchBlock(begin, end, thrown, null);
    place(thrown, false, "java/lang/Throwable");
    hook("stopped", "()V");
    mv.visitInsn(Opcodes.ATHROW);
    place(exit, false, null);
    hook("stopped", "()V");
    mv.visitInsn(Opcodes.RETURN);
  }

  private void call(String hook, String returned) {
    mv.visitLdcInsn(Type.getObjectType(owner));
    load(advice.request());
    load(advice.response());
    load(advice.more());
    hook(hook, CALL + returned);
  }

  private void load(int argument) {
    if (argument == Advice.NOTHING) {
      mv.visitInsn(Opcodes.ACONST_NULL);
    } else {
      mv.visitVarInsn(arguments[argument].getOpcode(Opcodes.ILOAD), slot(argument));
    }
  }

  private void hook(String name, String descriptor) {
    mv.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, name, descriptor, false);
  }

  /** The local variable of an argument. */
  private int slot(int argument) {
    int slot = 1;
    for (int i = 0; i < argument; i++) {
      slot += arguments[i].getSize();
    }
    return slot;
  }

  /** Goes on at a label, of which no more is known than the arguments, the passage, and one value on the stack. */
  private void place(Label label, boolean withPassage, @Nullable String stack) {
    mv.visitLabel(label);
    List<Object> locals = new ArrayList<>();
    locals.add(owner);
    for (Type argument : arguments) {
      locals.add(frameTypeOf(argument));
    }
    if (withPassage) {
      locals.add(ANY.getInternalName());
    }
    Object[] on = stack == null ? new Object[0] : new Object[] {stack};
    mv.visitFrame(Opcodes.F_NEW, locals.size(), locals.toArray(), on.length, on);
  }

  private static Object frameTypeOf(Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> Opcodes.INTEGER;
      case Type.FLOAT -> Opcodes.FLOAT;
      case Type.LONG -> Opcodes.LONG;
      case Type.DOUBLE -> Opcodes.DOUBLE;
      default -> type.getInternalName();
    };
  }
}
