package io.ostiary.agent.hook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * The agent's own world: everything but the hook package lies in the agent's jar as data, which only this loader reads, so
 * that neither the application nor the agent ever meets a class of the other. It looks in the jar first, and sees besides
 * only the JDK and the hook package.
 */
final class AgentClassLoader extends ClassLoader {

  private static final String HOOKS = AgentClassLoader.class.getPackageName() + ".";
  private static final String DATA = "isolated/";

  static {
    registerAsParallelCapable();
  }

  private final JarFile jar;
  private final @Nullable String version;

  AgentClassLoader(JarFile jar) throws IOException {
    super("ostiary", ClassLoader.getPlatformClassLoader());
    this.jar = jar;
    version = jar.getManifest().getMainAttributes().getValue(Name.IMPLEMENTATION_VERSION);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("java.")) {
      return super.loadClass(name, resolve);
    }
    if (name.startsWith(HOOKS)) {
      return Class.forName(name, false, AgentClassLoader.class.getClassLoader());
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      byte[] bytes = read(name.replace('.', '/') + ".class");
      return bytes == null ? super.loadClass(name, resolve) : define(name, bytes);
    }
  }

  /** Reads from the jar's data, else from the JDK; class files under their usual names. */
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] bytes = read(name);
    return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
  }

  private Class<?> define(String name, byte[] bytes) {
    String inPackage = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    if (getDefinedPackage(inPackage) == null) {
      try {
        definePackage(inPackage, null, null, null, "Ostiary", version, null, null);
      } catch (IllegalArgumentException alreadyThere) {
        // Another thread was faster with another class of the package.
      }
    }
    return defineClass(name, bytes, 0, bytes.length, AgentClassLoader.class.getProtectionDomain());
  }

  /** Class files are named otherwise in the jar, or the application would find them there. */
  private byte @Nullable [] read(String name) {
    ZipEntry entry = jar.getEntry(DATA + (name.endsWith(".class") ? name + "data" : name));
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
