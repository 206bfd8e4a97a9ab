package io.ostiary.agent;

import io.ostiary.core.Guard;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the hooks into container classes as they are loaded, and knows where it did. Any other class costs one look into a
 * map. Its state is the set of woven classes by their loader, guarded by itself.
 */
final class Weaver implements ClassFileTransformer {

  private final Guard guard;
  private final Console console;
  private final Map<String, List<Hook>> hooks = new HashMap<>();
  private final Map<ClassLoader, Map<String, Hook>> woven = new WeakHashMap<>();
  private final Map<ClassLoader, Set<String>> spared = new WeakHashMap<>();

  /** A weaver for one guard. */
  Weaver(Guard guard, Console console) {
    this.guard = guard;
    this.console = console;
    for (Hook hook : Hook.ALL) {
      hooks.computeIfAbsent(hook.type().replace('.', '/'), type -> new ArrayList<>()).add(hook);
    }
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> loaded,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    List<Hook> generations = hooks.get(name);
    return generations == null || loader == null ? null : weave(loader, generations, classFile);
  }

  /** Whether a class is one that has to be hooked, and is not. */
  boolean misses(Class<?> loaded) {
    return hooks.containsKey(loaded.getName().replace('.', '/'))
        && hookOf(loaded) == null
        && !isSpared(loaded);
  }

  /** Whether a class has been found to be of no use, and nothing is lost for the guard. */
  private synchronized boolean isSpared(Class<?> loaded) {
    return spared.getOrDefault(loaded.getClassLoader(), Set.of()).contains(loaded.getName());
  }

  private synchronized void spare(ClassLoader loader, String type) {
    spared.computeIfAbsent(loader, unknown -> new HashSet<>()).add(type);
  }

  /** Whether nothing has been hooked yet. */
  synchronized boolean isIdle() {
    return woven.isEmpty();
  }

  /** A hook has found no hold. A server that would run unguarded is not let run, unless the policy wants even that. */
  void cannotGuard(String type, Throwable cause) {
    console.error("cannot guard " + type + ": is this release of the server supported?", cause);
    if (!guard.admitsOnFailure()) {
      console.say("the server is stopped; on-failure = admit would let it run unguarded");
      // Not exit: shutdown hooks may need the very class that is being loaded.
      Runtime.getRuntime().halt(1);
    }
  }

  /** The hook that has been woven into a class, or {@code null}. */
  synchronized @Nullable Hook hookOf(Class<?> loaded) {
    Map<String, Hook> types = woven.get(loaded.getClassLoader());
    return types == null ? null : types.get(loaded.getName());
  }

  // Nothing may be thrown from here: the JVM would take it for "no change", without a word.
  private byte @Nullable [] weave(ClassLoader loader, List<Hook> generations, byte[] classFile) {
    String type = generations.get(0).type();
    try {
      Weaving weaving =
          new Weaving(generations, ClassFileLocator.ForClassLoader.of(loader), classFile);
      Hook hook = weaving.hook();
      byte[] result = weaving.weave();
      if (remember(loader, hook) && hook.product() != Product.NONE) {
        guard.announce(hook.product().release(loader));
      }
      return result;
    } catch (Throwable cause) {
      if (generations.get(0).guards()) {
        cannotGuard(type, cause);
      } else {
        spare(loader, type);
        console.error("errors of the server stay as " + type + " writes them", cause);
      }
      return null;
    }
  }

  private synchronized boolean remember(ClassLoader loader, Hook hook) {
    return woven.computeIfAbsent(loader, unknown -> new HashMap<>()).put(hook.type(), hook) == null;
  }
}
