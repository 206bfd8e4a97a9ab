package io.ostiary.core;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A named place in a vendor's text, written {@code {name}} in a dialect table. */
enum Slot {
  /** The client's address. */
  IP,
  /** The model as the client named it. */
  MODEL,
  /** The custom endpoint as the client named it. */
  ENDPOINT,
  /** The workspace as the client named it. */
  WORKSPACE,
  /** The request's path. */
  PATH,
  /** The configured number of a limit. */
  LIMIT,
  /** What a limit counts, for example {@code tokens per minute}. */
  UNIT,
  /** The largest body that is allowed, as configured, for example {@code 4MiB}. */
  SIZE,
  /** The tokens that a call would reserve. */
  ESTIMATE,
  /** The request field that is wrong or missing. */
  FIELD,
  /** What stands in that field, as far as it can be shown. */
  VALUE,
  /** What may stand there. */
  CHOICES,
  /** What is wrong, in a few English words. */
  DETAIL,
  /** Where an entry of a list of words stands; for the log alone. */
  ENTRY,
  /** What the app itself has said, in place of a row's own text. */
  MESSAGE;

  private final String placeholder = name().toLowerCase(Locale.ROOT);

  /** The slot of this name, or {@code null}. */
  static @Nullable Slot of(String name) {
    for (Slot slot : values()) {
      if (slot.placeholder.equals(name)) {
        return slot;
      }
    }
    return null;
  }

  /** The name that stands between the braces. */
  String placeholder() {
    return placeholder;
  }
}
