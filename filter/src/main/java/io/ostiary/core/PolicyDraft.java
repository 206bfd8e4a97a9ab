package io.ostiary.core;

import java.util.Collections;
import java.util.List;

/** Makes a policy of settings, and finds what in them does not fit together. */
final class PolicyDraft {

  private final SettingTable table;
  private final String file;
  private final Problems problems;
  private final Values values;
  private final DialectShelf dialects;
  private final WordShelf words;

  /** @param file as messages name it */
  PolicyDraft(SettingTable table, String file, PolicySources sources, Problems problems) {
    this.table = table;
    this.file = file;
    this.problems = problems;
    this.values = new Values(problems);
    this.dialects = new DialectShelf(sources, problems, values);
    this.words = new WordShelf(sources, problems);
  }

  /** The policy; worth nothing if there are problems. */
  Policy policy() {
    Section general = table.general();
    LimitSets limits = new LimitSets(table.limits(), problems, values);
    ModelNames models = new ModelNames(table, problems, values);
    Dialect defaultDialect = defaultDialect();
    Normalise normalise =
        values.read(general, Setting.ERRORS_NORMALISE, Choice.of(Normalise.values()));
    ServiceDraft service = new ServiceDraft(general, problems, values);
    List<Route> routes =
        new RouteDraft(
                problems,
                values,
                models,
                dialects,
                words,
                defaultDialect,
                normalise,
                service.timeout())
            .routes(table.routes());
    WorkspacesDraft workspaces =
        new WorkspacesDraft(general, problems, values, PolicyDraft::headerName);
    List<Key> keys =
        new KeyDraft(problems, values, models, limits, workspaces, routes, allowsPlainText())
            .keys(table.keys());
    workspaces.tellUnused();
    boolean admitsOnFailure =
        values.read(general, Setting.ON_FAILURE, Choice.of("admit", true, "refuse", false));
    Policy policy =
        new Policy(
            values.read(general, Setting.MODE, Choice.of(Policy.Mode.values())),
            values.read(general, Setting.RELOAD_INTERVAL, Quantity::interval),
            trustedProxies(),
            admitsOnFailure,
            values.read(general, Setting.UNMATCHED_PATHS, Choice.of("pass", true, "refuse", false)),
            defaultDialect,
            normalise,
            values.read(general, Setting.PREFLIGHTS, Choice.of("pass", true, "judge", false)),
            List.copyOf(routes),
            models.models(),
            Collections.unmodifiableMap(models.aliases(table.aliases())),
            Collections.unmodifiableMap(models.endpoints(table.endpoints(), limits)),
            List.copyOf(models.modelLimits(table.modelLimits(), limits)),
            limits.read(general.get(Setting.SERVICE_LIMITS)),
            workspaces.workspaces(),
            List.copyOf(keys),
            new KeyRulesDraft(general, problems, values).rules(admitsOnFailure),
            values.read(general, Setting.CHARSET, Choice.of("utf-8", true, "off", false)),
            values.read(general, Setting.TOKENS_ESTIMATE, Estimate.PARSER),
            values.read(general, Setting.HEADERS_RATE_LIMIT, Choice.TRUTH),
            values.read(general, Setting.HEADERS_IETF, Choice.TRUTH),
            service.service());
    limits.tellUnused();
    checkWhole(policy);
    return policy;
  }

  private Dialect defaultDialect() {
    Dialect preset = DialectShelf.builtIn(Setting.ERRORS_DIALECT.preset());
    return dialects.read(table.general().get(Setting.ERRORS_DIALECT), preset);
  }

  private TrustedProxies trustedProxies() {
    Given proxies = table.general().get(Setting.TRUSTED_PROXIES);
    Given header = table.general().get(Setting.TRUSTED_PROXIES_HEADER);
    if (header != null && proxies == null) {
      problems.about(header, "has no effect without trusted-proxies");
    }
    return new TrustedProxies(
        proxies == null ? AddressSet.of(List.of()) : values.addresses(proxies),
        header == null ? null : values.readGiven(header, PolicyDraft::headerName));
  }

  private static String headerName(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> HeaderParameters.isToken((char) c))) {
      throw new IllegalArgumentException("the name of one header was expected, such as X-Real-IP");
    }
    return text;
  }

  private boolean allowsPlainText() {
    Given given = table.general().get(Setting.ALLOW_PLAIN_TEXT_KEYS);
    return given != null && values.readGiven(given, PolicyDraft::yes) != null;
  }

  private static Boolean yes(String text) {
    if (!text.equals("yes-i-know")) {
      throw new IllegalArgumentException("yes-i-know was expected");
    }
    return true;
  }

  private void checkWhole(Policy policy) {
    Place whole = new Place(file, 0);
    if (policy.routes().isEmpty()) {
      problems.at(
          whole, "there is no route: a setting such as route.chat.paths = /v1/** was expected");
    }
    if (policy.keys().isEmpty() && policy.routes().stream().anyMatch(Route::keyed)) {
      problems.at(whole, "there is no key, but a route needs one");
    }
    TokenReservations reservations = new TokenReservations(policy);
    for (Section section : table.routes()) {
      Given given = section.get(Setting.ROUTE_DEFAULT_OUTPUT);
      String trouble = given == null ? null : reservations.trouble(section.name());
      if (given != null && trouble != null) {
        problems.about(given, trouble);
      }
    }
  }
}
