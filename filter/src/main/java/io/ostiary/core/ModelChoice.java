package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/**
 * The model that one call asks for: as the call names it, as the app knows it, and how the app is told where the two differ.
 * Confined to the call's thread.
 */
final class ModelChoice {

  private final Policy policy;
  private final Route route;
  private final RequestPath path;
  private final Naming naming;

  private Facts facts = Facts.NONE;
  private @Nullable String named;
  private @Nullable String model;
  private @Nullable String endpoint;
  private @Nullable Renaming renaming;

  /** Nothing is known yet. */
  ModelChoice(Policy policy, Route route, RequestPath path, Naming naming) {
    this.policy = policy;
    this.route = route;
    this.path = path;
    this.naming = naming;
  }

  /** Reads the name; answers why the call names no model that makes sense, or {@code null}. */
  @Nullable Reason name() {
    ModelName name = ModelName.of(route.model(), naming);
    named = name.text();
    model = named;
    facts = name.facts();
    return name.refusal();
  }

  /** Whether this key may have what is named; answers why it may not, or {@code null}. */
  @Nullable Reason permit(Key key) {
    String name = named;
    if (name == null) {
      return null;
    }
    Wanted wanted = Wanted.of(policy, route, key, name, path.text());
    model = wanted.model();
    endpoint = wanted.endpoint();
    facts = wanted.facts();
    return wanted.refusal() != null || canBeTold() ? wanted.refusal() : Reason.MODEL_NOT_SERVED;
  }

  /** Whether the app can be given the model itself, if the name is not its own. */
  private boolean canBeTold() {
    String name = named;
    String real = model;
    if (renaming != null || name == null || real == null || real.equals(name)) {
      return true;
    }
    renaming = Renaming.of(route.model(), naming, path, name, real);
    return renaming != null;
  }

  /** What becomes of the name in what the app is given, or {@code null} if it stays. */
  @Nullable Renaming renaming() {
    return canBeTold() ? renaming : null;
  }

  /** The model, behind an endpoint or an alias if the name is one; {@code null} if none is named. */
  @Nullable String model() {
    return model;
  }

  /** The custom endpoint, if the name is one. */
  @Nullable String endpoint() {
    return endpoint;
  }

  /** What fills a refusal's text. */
  Facts facts() {
    return facts;
  }
}
