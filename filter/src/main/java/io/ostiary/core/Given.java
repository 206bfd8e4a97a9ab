package io.ostiary.core;

/**
 * A setting that the operator gave.
 *
 * @param text the setting's name as written
 * @param value what counts, placeholders expanded
 * @param written the value as it stands in the file
 * @param filled whether some of the value came from the environment or a file
 * @param broken whether the value could not be made out; that has been told already
 */
record Given(
    SettingName name,
    String text,
    String value,
    String written,
    Place place,
    boolean filled,
    boolean broken) {

  Setting setting() {
    return name.setting();
  }

  /** The value as messages may show it. */
  String shown() {
    return setting().isSecret() ? "(not shown)" : Problems.printable(written);
  }

  @Override
  public String toString() {
    return place + ": " + text;
  }
}
