package io.ostiary.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Defines classes of ours beside those of a container: the packages that it is made for it takes from the agent's loader as
 * bytes, the rest of ours (the one core, above all) as classes, and everything else from the container's loader.
 */
final class BesideLoader extends ClassLoader {

  private static final String OURS = "io.ostiary.";

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader agent = BesideLoader.class.getClassLoader();
  private final List<String> defined;

  /**
   * Beside a container's loader.
   *
   * @param packages prefixes of the class names that are defined here
   */
  BesideLoader(ClassLoader container, String... packages) {
    super("ostiary-beside", container);
    defined = List.of(packages);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    for (String prefix : defined) {
      if (name.startsWith(prefix)) {
        return defined(name);
      }
    }
    return agent.loadClass(name);
  }

  private Class<?> defined(String name) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = agent.getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length, BesideLoader.class.getProtectionDomain());
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
