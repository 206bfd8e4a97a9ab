package io.ostiary.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A policy with its keys indexed by digest and its limits bound to their budgets; immutable, but for the budgets and what has
 * been learned and observed.
 */
final class InForce {

  private static final Meter[] NO_METERS = {};

  final Policy policy;
  final Learned learned;
  final Observations observations;
  final CallerMemory memory;
  final EasTokens easTokens = new EasTokens();
  final Credential.Ways ways;
  final Credential.Ways bareWays;
  final Deadlines deadlines;
  final BodyMemory bodies;
  final RouteTable routes;
  final Meter[] service;
  final List<OnModel> models;
  final @Nullable Caller anonymous;

  /** The workers and the line before them, or {@code null} if any number of calls may run. */
  final @Nullable WaitingLine line;

  private final WaitingLine entrance;
  private final Map<Digest, Caller> callers;
  private final IdentityHashMap<Route, RequestFields> fields = new IdentityHashMap<>();
  private final Map<String, Meter[]> endpoints;

  /**
   * A key with its budgets.
   *
   * @param expires the moment it ends, in milliseconds since the epoch; {@link Long#MAX_VALUE} for never
   * @param origins where it is known
   * @param replays what it has signed, or {@code null} if it does not sign
   * @param maySpendTokens whether any budget that its calls can meet is counted in tokens
   * @param turn its turn in the waiting line
   */
  @SuppressWarnings("ArrayRecordComponent") // iterated, never compared
  record Caller(
      Key key,
      Meter[] own,
      List<OnModel> onModels,
      long expires,
      Origins origins,
      @Nullable Replays replays,
      boolean maySpendTokens,
      Turn turn) {}

  /** The budgets of the models that a glob matches. */
  @SuppressWarnings("ArrayRecordComponent") // iterated, never compared
  record OnModel(String glob, Meter[] meters) {}

  InForce(
      Policy policy,
      Meters meters,
      Learned learned,
      Observations observations,
      CallerMemory memory,
      WaitingLine entrance,
      Deadlines deadlines,
      BodyMemory bodies) {
    this.policy = policy;
    this.memory = memory;
    this.learned = learned;
    this.observations = observations;
    this.routes = new RouteTable(policy.routes());
    this.entrance = entrance;
    this.deadlines = deadlines;
    this.bodies = bodies;
    this.line = policy.service().hasWorkers() ? entrance : null;
    Meters.Binding binding = meters.binding();
    this.service = binding.bind("service", policy.serviceLimits());
    this.models = bind(binding, "model/", policy.modelLimits());
    this.endpoints = new HashMap<>();
    for (Endpoint endpoint : policy.endpoints().values()) {
      endpoints.put(
          endpoint.name(), binding.bind("endpoint/" + endpoint.name(), endpoint.limits()));
    }
    for (Route route : policy.routes()) {
      fields.put(route, RequestFields.of(route.model()));
    }
    memory.share(
        policy.keys().stream()
            .filter(key -> !key.easTokens().isEmpty())
            .map(Key::tag)
            .collect(Collectors.toSet()));
    boolean sharedTokens = spendsTokens(policy);
    this.callers = new HashMap<>(policy.keys().size() * 2);
    Caller nobody = null;
    for (Key key : policy.keys()) {
      Caller caller = bind(binding, key, sharedTokens);
      key.digests().forEach(digest -> callers.put(digest, caller));
      easTokens.add(key, caller);
      nobody = key.anonymous() ? caller : nobody;
    }
    this.anonymous = nobody;
    String query = policy.keyRules().query();
    this.ways = new Credential.Ways(false, !easTokens.isEmpty(), query);
    this.bareWays = new Credential.Ways(true, !easTokens.isEmpty(), query);
    memory.retain(policy.keys().stream().map(Key::tag).collect(Collectors.toSet()));
    binding.retire();
  }

  private Caller bind(Meters.Binding binding, Key key, boolean sharedTokens) {
    String scope = "key/" + key.tag();
    return new Caller(
        key,
        binding.bind(scope, key.limits()),
        bind(binding, scope + "/model/", key.modelLimits()),
        key.expires() == null ? Long.MAX_VALUE : key.expires().toEpochMilli(),
        memory.origins(key.tag()),
        memory.replays(key.tag()),
        sharedTokens || countsTokens(key.limits()) || anyCountsTokens(key.modelLimits()),
        entrance.turnOf(key.tag(), key.priority()));
  }

  private static boolean spendsTokens(Policy policy) {
    return countsTokens(policy.serviceLimits())
        || anyCountsTokens(policy.modelLimits())
        || policy.endpoints().values().stream()
            .anyMatch(endpoint -> countsTokens(endpoint.limits()));
  }

  private static boolean anyCountsTokens(List<NamedLimits> all) {
    return all.stream().anyMatch(limits -> countsTokens(limits.limits()));
  }

  private static boolean countsTokens(List<Limit> limits) {
    return limits.stream().anyMatch(limit -> limit.kind().countsTokens());
  }

  private static List<OnModel> bind(Meters.Binding binding, String scope, List<NamedLimits> all) {
    List<OnModel> bound = new ArrayList<>();
    for (NamedLimits limits : all) {
      bound.add(new OnModel(limits.glob(), binding.bind(scope + limits.glob(), limits.limits())));
    }
    return List.copyOf(bound);
  }

  /** Whether calls that need a key are taken. */
  boolean isReady() {
    return policy.service().state() == Service.State.READY && entrance.isOpen();
  }

  /** Whose key has this digest: one probe, however many keys there are. */
  @Nullable Caller caller(Digest digest) {
    return callers.get(digest);
  }

  /** Whether estimates are corrected by what models have counted. */
  boolean learns() {
    return policy.estimate().learns();
  }

  /** What is read from a JSON body on a route. */
  RequestFields fields(Route route) {
    return Objects.requireNonNull(fields.get(route));
  }

  /** The budgets of a custom endpoint. */
  Meter[] endpoint(@Nullable String name) {
    Meter[] meters = name == null ? null : endpoints.get(name);
    return meters == null ? NO_METERS : meters;
  }
}
