package io.ostiary.agent;

import java.util.Map;
import java.util.TreeMap;

/**
 * How the guard stands in this JVM: which container classes are loaded, and whether each carries its hook. Its state is guarded
 * by itself; it is told by whoever has found something out, whole each time.
 */
final class Armament {

  static final String WAITING = "waiting for a server";

  private static final String ARMED = "armed";
  private static final String NOT_ARMED = "not armed: ";
  private static final String UNCHECKED = "unchecked";

  private final StatusFile status;
  private final String policy;
  private final Map<String, String> classes = new TreeMap<>();
  private String servers = "";

  /**
   * Of a guard that is about to look for servers.
   *
   * @param policy the file that it guards by
   * @param status where it is told
   */
  Armament(String policy, StatusFile status) {
    this.policy = policy;
    this.status = status;
  }

  /** A server has been met. */
  synchronized void meets(String server) {
    servers += servers.isEmpty() ? server : ", " + server;
  }

  /** A class has been given its hook as it was loaded; whether it has it has not been looked at. */
  synchronized void gives(String type) {
    classes.putIfAbsent(type, UNCHECKED);
  }

  /** A loaded class has been looked at, and carries its hook. */
  synchronized void finds(String type) {
    if (isUnchecked(type)) {
      classes.put(type, ARMED);
    }
  }

  /** A loaded class could not be looked at; most likely it carries its hook, which it was given. */
  synchronized void cannotTell(String type, Throwable why) {
    if (isUnchecked(type)) {
      classes.put(type, UNCHECKED + ": " + oneLine(why));
    }
  }

  /** A class goes without its hook, and calls may pass it. */
  synchronized void misses(String type, Throwable why) {
    classes.put(type, NOT_ARMED + oneLine(why));
  }

  private boolean isUnchecked(String type) {
    return !classes.getOrDefault(type, "").startsWith(NOT_ARMED);
  }

  /** An exception's text may have several lines. */
  private static String oneLine(Throwable why) {
    return String.valueOf(why).lines().findFirst().orElse("");
  }

  /** What a probe is to go by: one word or two for the whole, and a line for each class. */
  synchronized String text() {
    StringBuilder text = new StringBuilder("state = ").append(state()).append('\n');
    text.append("policy = ").append(policy).append('\n');
    text.append("servers = ").append(servers).append('\n');
    classes.forEach((type, how) -> text.append(type).append(" = ").append(how).append('\n'));
    return text.toString();
  }

  private String state() {
    if (classes.values().stream().anyMatch(how -> how.startsWith(NOT_ARMED))) {
      return "not armed";
    }
    return servers.isEmpty() ? WAITING : ARMED;
  }

  /** Has it written, if anybody is to be told. */
  synchronized void tell() {
    status.write(text());
  }
}
