package io.ostiary.core;

/** What the JSON of a call must have beside its model, where the operator has it checked. */
enum Shape {
  /** Nothing: the app sees for itself. */
  NONE,
  /** {@code messages}, each with a role that the dialect knows. */
  CHAT,
  /** Model Studio's native form: {@code input} and {@code parameters}; messages in the input have roles as in a chat. */
  GENERATION
}
