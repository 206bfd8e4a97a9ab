package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/**
 * What a call wants by the name that it gives, and whether that exists, is served where it is asked for, and is allowed.
 *
 * @param model the model, behind an endpoint or an alias if the name is one
 * @param endpoint the custom endpoint, if the name is one
 * @param refusal why the call may not have it, or {@code null}
 */
record Wanted(String model, @Nullable String endpoint, @Nullable Reason refusal, Facts facts) {

  /** @param path as answers name it */
  static Wanted of(Policy policy, Route route, Key key, String name, String path) {
    Endpoint custom = policy.endpoints().get(name);
    if (custom != null) {
      Facts facts = Facts.of(Slot.ENDPOINT, name).and(Slot.MODEL, name).and(Slot.PATH, path);
      return new Wanted(custom.model(), name, refusal(route, key, custom), facts);
    }
    String model = policy.aliases().getOrDefault(name, name);
    Facts facts = Facts.of(Slot.MODEL, name).and(Slot.PATH, path);
    return new Wanted(model, null, refusal(policy, route, key, model), facts);
  }

  private static @Nullable Reason refusal(Route route, Key key, Endpoint custom) {
    if (!route.models().contains(custom.model())) {
      return Reason.MODEL_NOT_SERVED;
    }
    // A key with a list of models but none of endpoints must not reach another model behind an
    // endpoint's name.
    NameSet endpoints = key.endpoints();
    boolean allowed =
        endpoints != null
            ? endpoints.contains(custom.name())
            : key.models().contains(custom.model());
    return allowed
        ? key.modelStates().of(custom.model()).reasonOnModel()
        : Reason.ENDPOINT_NOT_ALLOWED;
  }

  private static @Nullable Reason refusal(Policy policy, Route route, Key key, String model) {
    if (!policy.models().contains(model)) {
      return Reason.MODEL_UNKNOWN;
    }
    if (!route.models().contains(model)) {
      return Reason.MODEL_NOT_SERVED;
    }
    return key.models().contains(model)
        ? key.modelStates().of(model).reasonOnModel()
        : Reason.MODEL_NOT_ALLOWED;
  }
}
