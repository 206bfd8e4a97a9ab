package io.ostiary.agent.container;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who answers on a server, remembered for a moment: its tree of handlers may be large, and may change while it runs. A moment is
 * shorter than a call may take from a look at the tree to its handler in any case.
 */
final class Answerers {

  /** In nanoseconds. */
  static final long MOMENT = 10_000_000;

  private final LongSupplier nanos;
  private volatile @Nullable Seen last;

  Answerers(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** How a tree is walked. */
  interface Walk<S> {

    HandlerKind kind(S server) throws ReflectiveOperationException;
  }

  <S> HandlerKind of(S server, Walk<S> walk) throws ReflectiveOperationException {
    long now = nanos.getAsLong();
    Seen seen = last;
    if (seen == null || seen.server != server || now - seen.at >= MOMENT) {
      seen = new Seen(server, walk.kind(server), now);
      last = seen;
    }
    return seen.kind;
  }

  private record Seen(Object server, HandlerKind kind, long at) {}
}
