package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/** What fills the slots of one refusal's text; a chain, since there are few and most calls need none. Immutable. */
final class Facts {

  /** No facts at all. */
  static final Facts NONE = new Facts(null, "", null);

  private final @Nullable Slot slot;
  private final String value;
  private final @Nullable Facts earlier;

  private Facts(@Nullable Slot slot, String value, @Nullable Facts earlier) {
    this.slot = slot;
    this.value = value;
    this.earlier = earlier;
  }

  static Facts of(Slot slot, String value) {
    return NONE.and(slot, value);
  }

  /** These facts and one more; it hides an earlier value for the same slot. */
  Facts and(Slot slot, String value) {
    return new Facts(slot, value, this);
  }

  /** These facts, and those of a limit. */
  Facts and(Limit limit) {
    return and(Slot.LIMIT, Long.toString(limit.count())).and(Slot.UNIT, limit.kind().words());
  }

  /** The value for a slot, or {@code null} when none was given. */
  @Nullable String get(Slot slot) {
    for (Facts fact = this; fact != null; fact = fact.earlier) {
      if (fact.slot == slot) {
        return fact.value;
      }
    }
    return null;
  }
}
