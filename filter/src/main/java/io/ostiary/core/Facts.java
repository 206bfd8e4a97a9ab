package io.ostiary.core;

import java.util.EnumMap;
import org.jspecify.annotations.Nullable;

/** What fills the slots of one refusal's text. Immutable. */
final class Facts {

  /** No facts at all. */
  static final Facts NONE = new Facts(new EnumMap<>(Slot.class));

  private final EnumMap<Slot, String> values;

  private Facts(EnumMap<Slot, String> values) {
    this.values = values;
  }

  static Facts of(Slot slot, String value) {
    return NONE.and(slot, value);
  }

  /** These facts and one more; an earlier value for the same slot is replaced. */
  Facts and(Slot slot, String value) {
    EnumMap<Slot, String> more = values.clone();
    more.put(slot, value);
    return new Facts(more);
  }

  /** These facts, and those of a limit. */
  Facts and(Limit limit) {
    return and(Slot.LIMIT, Long.toString(limit.count())).and(Slot.UNIT, limit.kind().words());
  }

  /** The value for a slot, or {@code null} when none was given. */
  @Nullable String get(Slot slot) {
    return values.get(slot);
  }
}
