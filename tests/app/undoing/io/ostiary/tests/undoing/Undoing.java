package io.ostiary.tests.undoing;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;

/** An agent that puts a class back as it stands in its jar, whatever those before it have made of it. */
public final class Undoing implements ClassFileTransformer {

  private final String file;

  private Undoing(String type) {
    file = type.replace('.', '/');
  }

  /**
   * Begins.
   *
   * @param type the name of the class
   */
  public static void premain(String type, Instrumentation jvm) {
    jvm.addTransformer(new Undoing(type), true);
  }

  /** The same where the class is there already. */
  public static void agentmain(String type, Instrumentation jvm) throws UnmodifiableClassException {
    premain(type, jvm);
    for (Class<?> loaded : jvm.getAllLoadedClasses()) {
      if (loaded.getName().equals(type)) {
        jvm.retransformClasses(loaded);
      }
    }
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> loaded, ProtectionDomain domain, byte[] bytes) {
    if (!file.equals(name)) {
      return null;
    }
    try (InputStream in = loader.getResourceAsStream(file + ".class")) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      return null;
    }
  }
}
