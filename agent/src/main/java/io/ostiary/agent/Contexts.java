package io.ostiary.agent;

import io.ostiary.core.Guard;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The contexts of which it has been said that they are guarded, by their path. */
public final class Contexts {

  private final Guard guard;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  Contexts(Guard guard) {
    this.guard = guard;
  }

  /** Whether a context has been met before. */
  public boolean knows(String path) {
    return known.contains(path);
  }

  /** A call has come to a context for the first time. */
  public void meet(String server, String path) {
    if (known.add(path)) {
      guard.announcePart(server + " context " + (path.isEmpty() ? "/" : path));
    }
  }
}
