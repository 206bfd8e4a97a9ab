package io.ostiary.tests.fuzz;

/** What Jackson and Gson bind a call to. */
final class Named {

  /** Whatever stands in the field, if it is a text or a number. */
  public String model;
}
