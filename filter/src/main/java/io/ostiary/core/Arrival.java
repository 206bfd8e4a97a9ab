package io.ostiary.core;

/** What the head of a call told: carried from the first stage of the decision to the second. */
public final class Arrival {

  Arrival() {}
}
