package io.ostiary.agent;

import io.ostiary.core.Guard;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the hooks into container classes as they are loaded, and knows where it did. Any other class costs one look into a
 * map. Its state is the set of woven classes by their loader, guarded by itself.
 */
final class Weaver implements ClassFileTransformer {

  /** The system property that names the servers that are guarded, for who attaches the agent. */
  static final String GUARDED = "io.ostiary.agent.guarded";

  private final Guard guard;
  private final Console console;
  private final Strangers strangers;
  private final Armament armament;
  private final boolean late;
  private volatile boolean failed;
  private volatile Runnable awaited = () -> {};
  private final Set<Class<?>> ours = ConcurrentHashMap.newKeySet();
  private final Set<Class<?>> anew =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
  private final Map<String, List<Hook>> hooks = new ConcurrentHashMap<>();
  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private final Map<ClassLoader, Map<String, Hook>> woven = new WeakHashMap<>();
  private final Map<ClassLoader, Set<String>> spared = new WeakHashMap<>();

  /**
   * A weaver for one guard.
   *
   * @param late whether the server may be at work already, and must not be stopped
   */
  Weaver(Guard guard, Console console, Armament armament, boolean late) {
    this.guard = guard;
    this.console = console;
    this.strangers = new Strangers(console);
    this.armament = armament;
    this.late = late;
    Strangers.BY_CLASS.keySet().forEach(type -> hooks.put(type, List.of()));
    for (Hook hook : Hook.ALL) {
      hooks.computeIfAbsent(hook.type().replace('.', '/'), type -> new ArrayList<>()).add(hook);
    }
    hooks.keySet().forEach(type -> names.add(type.replace('/', '.')));
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> loaded,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    List<Hook> generations = name == null ? null : hooks.get(name);
    if (generations == null || loader == null) {
      return null;
    }
    if (generations.isEmpty()) {
      strangers.meet(Objects.requireNonNull(name));
      return null;
    }
    byte[] woven = weave(loader, generations, classFile);
    if (loaded != null && generations.get(0).loss() == Hook.Loss.GUARD) {
      isTransformedAnew(loaded);
    }
    return woven;
  }

  /** Somebody has a class transformed that is there already: others may make of it what they like after this. */
  private void isTransformedAnew(Class<?> loaded) {
    if (!ours.contains(loaded)) {
      anew.add(loaded);
      awaited.run();
    }
  }

  /** Has a class woven that is there already. */
  void weaveAnew(Class<?> loaded, Instrumentation jvm) throws UnmodifiableClassException {
    ours.add(loaded);
    try {
      jvm.retransformClasses(loaded);
    } finally {
      ours.remove(loaded);
    }
  }

  /** The classes that others have had transformed anew since this was asked last. */
  List<Class<?>> transformedAnew() {
    synchronized (anew) {
      List<Class<?>> all = new ArrayList<>(anew);
      anew.clear();
      return all;
    }
  }

  /** Has something run whenever a class has been hooked that is about to be loaded. */
  void onWeaving(Runnable awaits) {
    awaited = awaits;
  }

  /** Whether a class is one of those that this knows; all others, of which there are thousands, need not be asked about. */
  boolean isAbout(Class<?> loaded) {
    return names.contains(loaded.getName());
  }

  /** Whether a class is one that has to be hooked, and is not. */
  boolean misses(Class<?> loaded) {
    List<Hook> generations = hooks.get(loaded.getName().replace('.', '/'));
    return generations != null
        && !generations.isEmpty()
        && hookOf(loaded) == null
        && !isSpared(loaded);
  }

  /** Has a class of an app's own woven like the one that it extends, once it is loaded or transformed anew. */
  void adopt(Class<?> own, Hook inherited) {
    names.add(own.getName());
    hooks.put(own.getName().replace('.', '/'), List.of(inherited.in(own)));
  }

  /** A class was there before this weaver was asked about it. */
  void meet(Class<?> loaded) {
    strangers.meet(loaded.getName().replace('.', '/'));
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
    failed = true;
    armament.misses(type, cause);
    armament.tell();
    if (late) {
      console.say("THE SERVER IS NOT GUARDED, or in part; it runs already and is left running");
    } else if (!guard.admitsOnFailure()) {
      console.say("the server is stopped; on-failure = admit would let it run unguarded");
      // Not exit: shutdown hooks may need the very class that is being loaded.
      Runtime.getRuntime().halt(1);
    }
  }

  /** Whether a hook has found no hold. */
  boolean hasFailed() {
    return failed;
  }

  /** Whether a class has been given a hook without which calls would pass. */
  boolean guardsBy(Class<?> loaded) {
    Hook hook = hookOf(loaded);
    return hook != null && hook.loss() == Hook.Loss.GUARD;
  }

  /** The hook that has been woven into a class, or {@code null}. */
  synchronized @Nullable Hook hookOf(Class<?> loaded) {
    Map<String, Hook> types = woven.get(loaded.getClassLoader());
    return types == null ? null : types.get(loaded.getName());
  }

  // Nothing may be thrown from here: the JVM would take it for "no change", without a word.
  private byte @Nullable [] weave(ClassLoader loader, List<Hook> generations, byte[] classFile) {
    try {
      Weaving weaving = new Weaving(generations, classFile);
      Hook hook = weaving.hook();
      byte[] result = weaving.weave();
      if (remember(loader, hook)) {
        meet(loader, hook);
      }
      return result;
    } catch (Throwable cause) {
      lose(loader, generations.get(0), cause);
      return null;
    }
  }

  private void meet(ClassLoader loader, Hook hook) throws IOException {
    if (hook.loss() == Hook.Loss.GUARD) {
      armament.gives(hook.type());
    }
    if (hook.product() != Product.NONE) {
      announce(hook.product().release(loader));
      foresee(loader, hook.type());
    }
    awaited.run();
  }

  /**
   * Looks at once at what this server will load only with its first call, so that a release that cannot be guarded does not even
   * begin to serve.
   */
  private void foresee(ClassLoader loader, String first) throws IOException {
    for (List<Hook> generations : hooks.values()) {
      if (generations.isEmpty()
          || generations.get(0).loss() != Hook.Loss.GUARD
          || generations.get(0).type().equals(first)) {
        continue;
      }
      String type = generations.get(0).type();
      try (InputStream in = loader.getResourceAsStream(type.replace('.', '/') + ".class")) {
        if (in != null) {
          new Weaving(generations, in.readAllBytes()).hook();
        }
      } catch (NoSuchMethodException cause) {
        cannotGuard(type, cause);
      }
    }
  }

  private void announce(String server) {
    String mode = guard.mode();
    System.setProperty(
        GUARDED, mode.equals("enforce") ? server : server + " (mode = " + mode + ")");
    armament.meets(server);
    guard.announce(server);
  }

  private void lose(ClassLoader loader, Hook hook, Throwable cause) {
    switch (hook.loss()) {
      case GUARD -> cannotGuard(hook.type(), cause);
      case PAGES -> {
        spare(loader, hook.type());
        console.error("errors of the server stay as " + hook.type() + " writes them", cause);
      }
      case STOP -> {
        spare(loader, hook.type());
        console.error(hook.type() + " stops without waiting for calls that run", cause);
      }
      case RELEASE -> {
        spare(loader, hook.type());
        console.error("nobody tells when " + hook.type() + " is done with", cause);
      }
      case NOTHING, START -> spare(loader, hook.type());
    }
  }

  private synchronized boolean remember(ClassLoader loader, Hook hook) {
    return woven.computeIfAbsent(loader, unknown -> new HashMap<>()).put(hook.type(), hook) == null;
  }
}
