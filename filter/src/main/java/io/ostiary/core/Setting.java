package io.ostiary.core;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a policy file: this list is what is read, and what is guessed from when a name is misspelt. What each means
 * to an operator stands in {@code docs/policy.md}; a test fails if one is missing there.
 */
enum Setting {
  MODE("mode", "enforce"),
  RELOAD_INTERVAL("reload.interval", "500ms"),
  TRUSTED_PROXIES("trusted-proxies"),
  TRUSTED_PROXIES_HEADER("trusted-proxies.header"),
  ON_FAILURE("on-failure", "refuse"),
  ERRORS_DIALECT("errors.dialect", "openai"),
  ERRORS_NORMALISE("errors.normalise", "container"),
  PREFLIGHTS("preflights", "pass"),
  UNMATCHED_PATHS("unmatched-paths", "pass"),
  CHARSET("charset", "utf-8"),
  TOKENS_ESTIMATE("tokens.estimate", "learned"),
  HEADERS_RATE_LIMIT("headers.rate-limit", "true"),
  HEADERS_IETF("headers.ietf", "false"),
  MODELS("models"),
  WORKSPACES("workspaces"),
  WORKSPACES_HEADER("workspaces.header", "X-DashScope-WorkSpace"),
  SERVICE_LIMITS("service.limits"),
  SERVICE_WORKERS("service.workers"),
  SERVICE_QUEUE("service.queue", "64"),
  SERVICE_QUEUE_WAIT("service.queue-wait", "30s"),
  SERVICE_TIMEOUT("service.timeout"),
  SERVICE_THREADS("service.threads"),
  SERVICE_STATE("service.state", "ready"),
  SERVICE_BODY_MEMORY("service.body-memory", "25%"),
  SERVICE_INTERRUPT("service.interrupt", "false"),
  SERVICE_DRAIN("service.drain", "10s"),
  ALLOW_PLAIN_TEXT_KEYS("allow-plain-text-keys-in-this-file"),

  ROUTE_PATHS("route.NAME.paths"),
  ROUTE_DIALECT("route.NAME.dialect"),
  ROUTE_NORMALISE("route.NAME.normalise"),
  ROUTE_MODEL("route.NAME.model"),
  ROUTE_KEY("route.NAME.key", "required"),
  ROUTE_MAX_BODY("route.NAME.max-body", "4MiB"),
  ROUTE_MODELS("route.NAME.models"),
  ROUTE_VALIDATE("route.NAME.validate", "none"),
  ROUTE_DEFAULT_OUTPUT("route.NAME.default-output", "1024"),
  ROUTE_DEFAULT_OUTPUT_SHARE("route.NAME.default-output-share", "25%"),
  ROUTE_ENFORCE_OUTPUT("route.NAME.enforce-output"),
  ROUTE_USAGE_INPUT("route.NAME.usage-input"),
  ROUTE_USAGE_OUTPUT("route.NAME.usage-output"),
  ROUTE_USAGE_TOTAL("route.NAME.usage-total"),
  ROUTE_ANSWER_TEXT("route.NAME.answer-text"),
  ROUTE_REFUSED_WORDS("route.NAME.refused-words"),
  ROUTE_CUSTOM_WORDS("route.NAME.custom-words"),
  ROUTE_HARD_STOP("route.NAME.hard-stop", "false"),
  ROUTE_TIMEOUT("route.NAME.timeout"),

  ALIAS("alias.NAME"),
  ENDPOINT_MODEL("endpoint.NAME.model"),
  ENDPOINT_LIMITS("endpoint.NAME.limits"),
  MODEL_LIMITS("model.GLOB.limits"),
  LIMITS("limits.NAME"),

  KEYS_FORWARD("key.forward", "yes"),
  KEYS_TELL("key.tell", "no"),
  KEYS_QUERY("key.query"),
  KEYS_FAILURES("key.failures", "rpm 60 burst 100"),
  KEYS_SIGNATURE_AGE("key.signature-age", "5m"),

  KEY_SHA256("key.TAG.sha256"),
  KEY_SECRET("key.TAG.secret"),
  KEY_EAS_TOKEN("key.TAG.eas-token"),
  KEY_ANONYMOUS("key.TAG.anonymous", "false"),
  KEY_STATE("key.TAG.state", "active"),
  KEY_MODEL_STATE("key.TAG.state.GLOB"),
  KEY_MODE("key.TAG.mode", "enforce"),
  KEY_HARD_STOP("key.TAG.hard-stop", "false"),
  KEY_EXPIRES("key.TAG.expires"),
  KEY_IPS("key.TAG.ips"),
  KEY_MODELS("key.TAG.models"),
  KEY_ENDPOINTS("key.TAG.endpoints"),
  KEY_ROUTES("key.TAG.routes"),
  KEY_WORKSPACES("key.TAG.workspaces"),
  KEY_LIMITS("key.TAG.limits"),
  KEY_MODEL_LIMITS("key.TAG.limits.GLOB"),
  KEY_PRIORITY("key.TAG.priority", "normal");

  private static final Map<String, Setting> BY_PATTERN = new HashMap<>();

  static {
    for (Setting setting : values()) {
      BY_PATTERN.put(setting.pattern, setting);
    }
  }

  private final String pattern;
  private final @Nullable String preset;
  private final boolean single;

  Setting(String pattern) {
    this(pattern, null);
  }

  Setting(String pattern, @Nullable String preset) {
    this.pattern = pattern;
    this.preset = preset;
    this.single = pattern.equals(pattern.toLowerCase(Locale.ROOT));
  }

  /** The setting of a pattern such as {@code route.NAME.paths}, or {@code null}. */
  static @Nullable Setting of(String pattern) {
    return BY_PATTERN.get(pattern);
  }

  /** The setting's name, with {@code NAME}, {@code TAG} or {@code GLOB} for what the operator chooses. */
  String pattern() {
    return pattern;
  }

  /** The value that counts when the setting is not given. */
  String preset() {
    return Objects.requireNonNull(preset, pattern);
  }

  /** Whether a value counts when the setting is not given. */
  boolean hasPreset() {
    return preset != null;
  }

  /** Whether no value of it may ever be shown. */
  boolean isSecret() {
    return this == KEY_SHA256 || this == KEY_SECRET || this == KEY_EAS_TOKEN;
  }

  /** Whether a system property or the environment may say otherwise than the file. */
  boolean isOverridable() {
    return !pattern.startsWith("key.TAG.") && this != ALLOW_PLAIN_TEXT_KEYS;
  }

  /** Whether the whole name is fixed. */
  boolean isSingle() {
    return single;
  }
}
