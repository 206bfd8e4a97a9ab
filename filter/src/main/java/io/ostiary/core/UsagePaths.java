package io.ostiary.core;

/** Where answers tell what they took. */
final class UsagePaths {

  static final UsagePaths PRESET = new UsagePaths();

  private UsagePaths() {}
}
