package io.ostiary.core;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What fills the slots of one refusal's text. */
final class Facts {

  static final Facts NONE = new Facts(Map.of());

  private final Map<Slot, String> values;

  private Facts(Map<Slot, String> values) {
    this.values = values;
  }

  static Facts of(Slot slot, String value) {
    return NONE.and(slot, value);
  }

  Facts and(Slot slot, String value) {
    Map<Slot, String> more = new EnumMap<>(Slot.class);
    more.putAll(values);
    more.put(slot, value);
    return new Facts(more);
  }

  @Nullable String get(Slot slot) {
    return values.get(slot);
  }
}
