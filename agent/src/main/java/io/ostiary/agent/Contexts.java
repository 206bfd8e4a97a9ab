package io.ostiary.agent;

import io.ostiary.core.Guard;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of which it has been said that they are guarded: once each, by their path and the host that they are on, however often
 * they are deployed anew.
 */
public final class Contexts {

  private static final int LATELY = 64;

  private final Guard guard;
  private final Map<String, Set<String>> hostsByPath = new ConcurrentHashMap<>();

  /** Those that have had calls lately, so that a call need not ask for names; they are not kept from being collected. */
  private final AtomicReferenceArray<@Nullable WeakReference<Object>> lately =
      new AtomicReferenceArray<>(LATELY);

  Contexts(Guard guard) {
    this.guard = guard;
  }

  /** Whether a context has been met before, and not forgotten since. */
  public boolean knows(Object context) {
    WeakReference<Object> there = lately.get(placeOf(context));
    return there != null && there.refersTo(context);
  }

  /** A call has come to a context, most likely for the first time. */
  public void meet(Object context, String server, String host, String path) {
    lately.set(placeOf(context), new WeakReference<>(context));
    Set<String> hosts = hostsByPath.computeIfAbsent(path, any -> ConcurrentHashMap.newKeySet());
    boolean first = hosts.isEmpty();
    if (hosts.add(host)) {
      String where = path.isEmpty() ? "/" : path;
      guard.announcePart(server + " context " + where + (first ? "" : " of " + host));
    }
  }

  private static int placeOf(Object context) {
    return System.identityHashCode(context) % LATELY;
  }
}
