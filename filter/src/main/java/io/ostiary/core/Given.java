package io.ostiary.core;

/**
 * A setting that the operator gave.
 *
 * @param text the setting's name as written
 * @param value what counts, placeholders expanded
 * @param shown the value as messages may show it
 * @param broken whether the value could not be made out; that has been told already
 */
record Given(
    SettingName name, String text, String value, String shown, Place place, boolean broken) {

  Setting setting() {
    return name.setting();
  }

  @Override
  public String toString() {
    return place + ": " + text;
  }
}
