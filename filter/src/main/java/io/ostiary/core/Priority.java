package io.ostiary.core;

/** Who is called first of those that wait; the order here is that order. */
enum Priority {
  HIGH,
  NORMAL,
  LOW
}
