package io.ostiary.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a policy comes to, in aligned plain text: who may call what, and how much. No digest is in it. */
final class PolicyReport {

  private static final String NOTHING = "-";

  /** As {@link Judgement} has it, for a key that may call some models only and was not given the route. */
  private static final String UNJUDGEABLE = "refused: names no model";

  private static final String WHY_UNJUDGEABLE =
      '"'
          + UNJUDGEABLE
          + "\": a key that is restricted by models may call such a route only if key.TAG.routes lists it";

  private final Policy policy;
  private final Instant now;

  /** What a policy comes to at some time. */
  PolicyReport(Policy policy, Instant now) {
    this.policy = policy;
    this.now = now;
  }

  /** The routes, the keys on each route they may call, and the limits that calls share; line by line. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        switch (policy.mode()) {
          case ENFORCE -> "mode enforce";
          case OBSERVE -> "mode observe: nothing is refused";
          case OFF -> "mode off: nothing below is in force";
        });
    lines.add("other paths " + (policy.passesUnmatched() ? "pass" : "are refused"));
    lines.add("");
    lines.addAll(routes().lines());
    lines.add("");
    lines.addAll(keys().lines());
    if (lines.stream().anyMatch(line -> line.contains(UNJUDGEABLE))) {
      lines.add(WHY_UNJUDGEABLE);
    }
    TextTable shared = shared();
    if (!shared.isEmpty()) {
      lines.add("");
      lines.addAll(shared.lines());
    }
    return lines;
  }

  private TextTable routes() {
    TextTable table = new TextTable("route", "paths", "dialect", "model", "key", "max-body");
    for (Route route : policy.routes()) {
      table.add(
          route.name(),
          String.join(", ", route.paths().stream().map(PathPattern::toString).toList()),
          route.dialect().name(),
          ModelSources.write(route.model()),
          route.keyed() ? "required" : "none",
          route.maxBodyText());
    }
    return table;
  }

  private TextTable keys() {
    TextTable table =
        new TextTable("key", "route", "state", "expires", "from", "models", "endpoints", "limits");
    for (Key key : policy.keys()) {
      List<Route> routes = policy.routes().stream().filter(each -> mayCall(key, each)).toList();
      for (Route route : routes) {
        addKey(table, key, route.name(), models(key, route));
      }
      if (routes.isEmpty()) {
        addKey(table, key, "none", NOTHING);
      }
    }
    return table;
  }

  private static boolean mayCall(Key key, Route route) {
    return route.keyed() && (key.routes() == null || key.routes().contains(route.name()));
  }

  private void addKey(TextTable table, Key key, String route, String models) {
    NameSet endpoints = key.endpoints();
    table.add(
        key.anonymous() ? key.tag() + " (anonymous)" : key.tag(),
        route,
        state(key) + (key.observed() ? ", observed" : ""),
        key.expires() == null ? "never" : key.expires().toString(),
        key.addresses().toString(),
        models,
        endpoints == null ? "as models" : write(endpoints),
        limits(key));
  }

  private String state(Key key) {
    boolean over = key.expires() != null && !now.isBefore(key.expires());
    return over ? "expired" : Choice.word(key.state());
  }

  private static String limits(Key key) {
    List<String> parts = new ArrayList<>();
    if (!key.limits().isEmpty()) {
      parts.add(LimitText.write(key.limits()));
    }
    for (NamedLimits named : key.modelLimits()) {
      parts.add(named.glob() + ": " + LimitText.write(named.limits()));
    }
    return parts.isEmpty() ? "none" : String.join("; ", parts);
  }

  private String models(Key key, Route route) {
    if (route.model() instanceof ModelSource.None) {
      boolean refused = key.routes() == null && key.isRestrictedByModel();
      return refused ? UNJUDGEABLE : NOTHING;
    }
    return CommonNames.write(List.of(policy.models(), route.models(), key.models()));
  }

  private static String write(NameSet list) {
    return list.isAny()
        ? "any"
        : list.entries().isEmpty() ? "none" : String.join(", ", list.entries());
  }

  private TextTable shared() {
    TextTable table = new TextTable("shared by all calls", "limits");
    if (!policy.serviceLimits().isEmpty()) {
      table.add("to the service", LimitText.write(policy.serviceLimits()));
    }
    for (NamedLimits named : policy.modelLimits()) {
      table.add("to model " + named.glob(), LimitText.write(named.limits()));
    }
    for (Endpoint endpoint : policy.endpoints().values()) {
      if (!endpoint.limits().isEmpty()) {
        table.add("to endpoint " + endpoint.name(), LimitText.write(endpoint.limits()));
      }
    }
    return table;
  }
}
