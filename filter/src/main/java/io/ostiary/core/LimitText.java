package io.ostiary.core;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads limits written out, such as {@code qps 2, rpm 20 burst 5, tpm 20k}. */
final class LimitText {

  private static final long MOST = 1_000_000_000;
  private static final Map<String, Limit.Kind> KINDS = kinds();

  private LimitText() {}

  /** @throws IllegalArgumentException saying what was expected */
  static List<Limit> parse(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "limits were expected, such as rpm 20, tpm 20k; leave the setting out for none");
    }
    List<Limit> limits = new ArrayList<>();
    Set<Limit.Kind> seen = EnumSet.noneOf(Limit.Kind.class);
    for (String part : text.split(",", -1)) {
      Limit limit = limit(part.strip());
      if (!seen.add(limit.kind())) {
        throw new IllegalArgumentException(Choice.word(limit.kind()) + " stands here twice");
      }
      limits.add(limit);
    }
    return List.copyOf(limits);
  }

  /** The limits as an operator would write them. */
  static String write(List<Limit> limits) {
    List<String> parts = new ArrayList<>();
    for (Limit limit : limits) {
      String burst = limit.burst() == limit.count() ? "" : " burst " + limit.burst();
      String observe = limit.observed() ? " observe" : "";
      parts.add(Choice.word(limit.kind()) + " " + limit.count() + burst + observe);
    }
    return String.join(", ", parts);
  }

  private static Limit limit(String part) {
    String[] words = part.split("\\s+", -1);
    Limit.Kind kind = KINDS.get(words[0]);
    if (kind == null) {
      throw new IllegalArgumentException(
          "a limit begins with "
              + String.join(" or ", KINDS.keySet())
              + Nearest.hint(words[0], KINDS.keySet()));
    }
    boolean observed = words.length > 2 && words[words.length - 1].equals("observe");
    int end = observed ? words.length - 1 : words.length;
    boolean bursts = end == 4 && words[2].equals("burst") && !kind.countsRunning();
    if (end != 2 && !bursts) {
      String withBurst = kind.countsRunning() ? "" : ", " + words[0] + " 20 burst 5";
      throw new IllegalArgumentException(
          "a limit was expected as %1$s 20%2$s or %1$s 20 observe".formatted(words[0], withBurst));
    }
    long count = Quantity.count(words[1], 1, MOST);
    return new Limit(kind, count, bursts ? Quantity.count(words[3], 1, MOST) : count, observed);
  }

  private static Map<String, Limit.Kind> kinds() {
    Map<String, Limit.Kind> kinds = new LinkedHashMap<>();
    for (Limit.Kind kind : Limit.Kind.values()) {
      kinds.put(Choice.word(kind), kind);
    }
    return kinds;
  }
}
