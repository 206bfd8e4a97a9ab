package io.ostiary.core;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a policy file: this list is what is read, what is guessed from when a name is misspelt, and what {@code
 * docs/policy.md} is made of.
 */
enum Setting {
  MODE(
      "mode",
      "`enforce`, `observe`, `off`",
      preset("enforce"),
      "observe",
      "What the guard does. With `observe` it judges, counts and logs what it would refuse, and refuses nothing. With `off` every call reaches the app as it came. The log says loudly that it is one of the two."),
  RELOAD_INTERVAL(
      "reload.interval",
      "a time from `10ms` to `24h`, or `0`",
      preset("500ms"),
      "2s",
      "How often the content of the file, and of all it refers to, is looked at. `0` means never."),
  TRUSTED_PROXIES(
      "trusted-proxies",
      "addresses and CIDR blocks",
      means("none"),
      "127.0.0.1/32, ::1/128, 10.20.0.0/16",
      "The peers whose forwarding headers are believed. Nobody else's are."),
  TRUSTED_PROXIES_HEADER(
      "trusted-proxies.header",
      "a header's name",
      means("`X-Forwarded-For` and `Forwarded`, which must agree"),
      "X-Real-IP",
      "The one header in which the proxies say for whom they call, read from the right like the others; those are then not looked at."),
  ON_FAILURE(
      "on-failure",
      "`refuse`, `admit`",
      preset("refuse"),
      "refuse",
      "What becomes of a call when the guard itself fails, and of a server that the agent cannot hook: refused and stopped, or let pass."),
  ERRORS_DIALECT(
      "errors.dialect",
      "a dialect",
      preset("openai"),
      "modelarts",
      "Whose errors are spoken where no route says otherwise."),
  ERRORS_NORMALISE(
      "errors.normalise",
      "`container`, `all`, `none`",
      preset("container"),
      "all",
      "Which errors that the app or the server raises on guarded paths are answered in the dialect, with their status. With `container` those that are no JSON: exceptions, `sendError`, pages, plain text, empty bodies. With `all` also JSON of the app's own, unless it speaks the dialect already; what it says is wrong is carried over. With `none` they stay as they are."),
  PREFLIGHTS(
      "preflights",
      "`pass`, `judge`",
      preset("pass"),
      "judge",
      "What becomes of a browser's CORS preflight on a guarded path, which never has a key. With `pass` it reaches the app, without a body and whatever key it brings; with `judge` it is a call like any other."),
  UNMATCHED_PATHS(
      "unmatched-paths",
      "`pass`, `refuse`",
      preset("pass"),
      "refuse",
      "What becomes of calls to paths that no route names. With `pass` they are left alone."),
  CHARSET(
      "charset",
      "`off`, `utf-8`",
      preset("utf-8"),
      "off",
      "Whether texts without a charset are read, written and labelled as UTF-8 on guarded paths."),
  TOKENS_ESTIMATE(
      "tokens.estimate",
      "`learned`, `bytes`, `o200k_base`, `cl100k_base`",
      preset("learned"),
      "o200k_base",
      "How the tokens of a request are estimated before the model has counted them: as UTF-8 bytes of its text ÷ 4; learned, corrected by what the same model has counted before, from its tenth answer on; or by a tokenizer of OpenAI's, which counts the first 8 Ki characters. The agent has the tokenizers; the filter needs `com.knuddels:jtokkit` on the class path."),
  HEADERS_RATE_LIMIT(
      "headers.rate-limit",
      "`true`, `false`",
      preset("true"),
      "false",
      "Whether answers tell callers how their budgets stand, in the headers that the dialect's clients know. `Retry-After` on refusals is always there."),
  HEADERS_IETF(
      "headers.ietf",
      "`true`, `false`",
      preset("false"),
      "true",
      "Whether answers also carry `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10) for the budgets of requests. The draft has no unit for tokens."),
  MODELS(
      "models",
      "models and globs",
      means("any"),
      "qwen-max, qwen2.5-*, deepseek-v3",
      "The models that exist here. A call for any other is answered as the vendor does for an unknown model."),
  SERVICE_LIMITS(
      "service.limits",
      "limits",
      means("none"),
      "qps 1000",
      "Limits for all calls that need a key, together."),
  ALLOW_PLAIN_TEXT_KEYS(
      "allow-plain-text-keys-in-this-file",
      "`yes-i-know`",
      means("not allowed"),
      "yes-i-know",
      "Lets `key.TAG.secret` stand in the file. Whoever can read the file then has the keys."),

  ROUTE_PATHS(
      "route.NAME.paths",
      "paths",
      means("required"),
      "/v1/chat/completions, /v1/completions",
      "The paths of the route. `*` stands for any one segment, `{model}` for one, or part of one, that names the model, a last `**` for any rest. Of several that match a path the most specific holds: in the first segment in which they differ in kind, literal text goes before text with `{model}` in it, that before `{model}` or `*` alone, and that before `**`."),
  ROUTE_DIALECT(
      "route.NAME.dialect",
      "a dialect",
      means("as `errors.dialect`"),
      "modelarts",
      "Whose errors are spoken on the route."),
  ROUTE_NORMALISE(
      "route.NAME.normalise",
      "`container`, `all`, `none`",
      means("as `errors.normalise`"),
      "all",
      "Which errors of the app and the server are answered in the dialect on the route."),
  ROUTE_MODEL(
      "route.NAME.model",
      "`body FIELD`, `path`, `header NAME`, `query NAME`, `form NAME`, or several with commas between; `none`",
      means("`path` if the paths have `{model}`, else `none`"),
      "body model",
      "Where a call names its model. `FIELD` is a field of the JSON body, by its dotted path from the top; `form` is a field of a form, urlencoded or in parts (`multipart/form-data`). Of several places at least one must name a model, and those that do must name the same; so must a query and a form that have a parameter of one name."),
  ROUTE_KEY(
      "route.NAME.key",
      "`required`, `none`",
      preset("required"),
      "none",
      "Whether a call needs a key. Without one nothing but size and text is looked at."),
  ROUTE_MAX_BODY(
      "route.NAME.max-body",
      "a size from `1B` to `64GiB`",
      preset("4MiB"),
      "64KiB",
      "The largest body of a request; a larger one is refused. What the refusal says is what you write."),
  ROUTE_MODELS(
      "route.NAME.models",
      "models and globs",
      means("any"),
      "qwen-max, qwen2.5-*",
      "The models served on the route, out of those that exist."),
  ROUTE_VALIDATE(
      "route.NAME.validate",
      "`none`, `chat`, `generation`",
      preset("none"),
      "chat",
      "What a call's JSON must have beside its model, to be refused in the vendor's words where it has not: for `chat` `messages`, each with a role that the dialect knows; for `generation`, Model Studio's native form, `input` and `parameters`. A request id of more than 64 characters is refused too, and not only replaced."),
  ROUTE_DEFAULT_OUTPUT(
      "route.NAME.default-output",
      "a number from 0 to 1000M",
      preset("1024"),
      "2k",
      "The tokens reserved for the output of a call that names no maximum itself."),
  ROUTE_DEFAULT_OUTPUT_SHARE(
      "route.NAME.default-output-share",
      "a percentage from `1%` to `100%`",
      preset("25%"),
      "100%",
      "The most that `default-output` may take of the smallest budget that a call meets."),
  ROUTE_ENFORCE_OUTPUT(
      "route.NAME.enforce-output",
      "`max_tokens`, `max_completion_tokens`, `max_output_tokens`, `maxOutputTokens`",
      means("no request is changed"),
      "max_tokens",
      "The field in which a call that names no maximum is given the one that is reserved for it. Only this and the names of custom endpoints and aliases change a body."),
  ROUTE_USAGE_INPUT(
      "route.NAME.usage-input",
      "a path into a JSON answer",
      means("where the vendors' APIs have it"),
      "stats.prompt",
      "Where an answer tells the tokens of its input: names with dots between them, `[]` after that of an array. One path of your own stands in place of all that are known."),
  ROUTE_USAGE_OUTPUT(
      "route.NAME.usage-output",
      "a path into a JSON answer",
      means("where the vendors' APIs have it"),
      "stats.generated",
      "Where an answer tells the tokens of its output."),
  ROUTE_USAGE_TOTAL(
      "route.NAME.usage-total",
      "a path into a JSON answer",
      means("where the vendors' APIs have it"),
      "stats.tokens",
      "Where an answer tells all its tokens."),
  ROUTE_ANSWER_TEXT(
      "route.NAME.answer-text",
      "a path into a JSON answer",
      means("where the vendors' APIs have it"),
      "result.parts[].text",
      "Where an answer has the text that was generated, to be counted where no usage is told."),
  ROUTE_HARD_STOP(
      "route.NAME.hard-stop",
      "`true`, `false`",
      preset("false"),
      "true",
      "Whether an event stream is ended, with a closing event, when a token budget has no more for it."),

  ALIAS(
      "alias.NAME",
      "a model",
      means("none"),
      "qwen-max",
      "Another name of a model. It is resolved, once, before anything is judged: lists speak of models, never of aliases. The app is given the model itself."),
  ENDPOINT_MODEL(
      "endpoint.NAME.model",
      "a model",
      means("required"),
      "qwen-max",
      "The model behind a custom endpoint, a name that clients use in place of a model. The app is given the model."),
  ENDPOINT_LIMITS(
      "endpoint.NAME.limits",
      "limits",
      means("none"),
      "gold",
      "Limits for all calls to the endpoint together."),
  MODEL_LIMITS(
      "model.GLOB.limits",
      "limits",
      means("none"),
      "rpm 600, tpm 1M",
      "Limits for all calls to the models that the name or glob matches, together, whoever calls. Of several that match, all hold."),
  LIMITS(
      "limits.NAME",
      "limits written out",
      means("none"),
      "qps 2, rpm 20 burst 5, tpm 20k, tpd 1M observe",
      "A set of limits to refer to by name. Whoever refers to it has budgets of its own. `qps`, `rpm` and `rpd` count requests a second, a minute, a day; `tpm` and `tpd` tokens; `itpm` and `otpm` tokens of the input and of the output. `burst` is what may be saved up; a limit with `observe` refuses nothing, and what it would have refused is counted and logged."),

  KEYS_FORWARD(
      "key.forward",
      "`yes`, `no`",
      preset("yes"),
      "no",
      "Whether the app sees the credential of a guarded call. With `no` the headers `Authorization`, `x-api-key` and `api-key`, and the parameter that `key.query` names, are not there for it; on a route with `key = none` only if they hold a key of this file. A request for another protocol (WebSocket) keeps them."),
  KEYS_TELL(
      "key.tell",
      "`yes`, `no`",
      preset("no"),
      "yes",
      "Whether the app is told the key's tag, in the header `X-Ostiary-Key`. What clients send under that name never reaches the app then, on no path; with a request for another protocol it is refused. Needs `on-failure = refuse`."),
  KEYS_QUERY(
      "key.query",
      "a parameter's name",
      means("no key is read from a query"),
      "api_key",
      "The parameter of the query in which a key may come, as well as in headers. Queries stand in access logs, and the key with them."),
  KEYS_FAILURES(
      "key.failures",
      "one limit of requests, or `off`",
      preset("rpm 60 burst 100"),
      "rpm 10 burst 30",
      "How many calls with a key that is nobody's, revoked or expired one address may make; all of an IPv6 /64 is one address. After that its calls are answered 429 before their key is looked at, but for keys that were accepted from there lately. Behind a proxy, name it in `trusted-proxies`, or all its clients are one address."),
  KEYS_SIGNATURE_AGE(
      "key.signature-age",
      "a time from `1s` to `1h`",
      preset("5m"),
      "1m",
      "How far the `Date` of a call that is signed for PAI-EAS may be from the server's time. Within it the same signature is taken again for 10 seconds, since the vendor's SDK signs equal calls of one second alike, and then never again."),

  KEY_SHA256(
      "key.TAG.sha256",
      "one or two digests of 64 hexadecimal digits",
      means("required, but for an anonymous key"),
      "6b3a55e0261b0304143f805a24924d0c1c44524821305f31d9277843b8a10f4e",
      "The SHA-256 of the key. Two while the key is being rotated: they share everything."),
  KEY_SECRET(
      "key.TAG.secret",
      "the key itself, 1 to 512 visible ASCII characters",
      means("none"),
      "${ACME_KEY}",
      "The key in plain text, in place of `sha256`; refused unless `allow-plain-text-keys-in-this-file` is set. It is digested as it is read."),
  KEY_EAS_TOKEN(
      "key.TAG.eas-token",
      "one or two of `${file:PATH}` or `${NAME}`, without defaults",
      means("signed calls of the key are not taken"),
      "${file:/run/secrets/eas-token}",
      "The token with which PAI-EAS's SDK signs its calls (`Authorization: EAS …`), beside `sha256` or in its place. To check a signature takes the token itself, not its digest: this is the one place where the guard keeps the text of a key in memory, so it comes from a file or the environment, never from this file. At most 32 keys can have one."),
  KEY_ANONYMOUS(
      "key.TAG.anonymous",
      "`true`, `false`",
      preset("false"),
      "true",
      "Whether this key stands for calls that come without a credential. At most one key can, and it has no `sha256`."),
  KEY_STATE(
      "key.TAG.state",
      "`active`, `revoked`, `frozen`, `blocked`, `unsubscribed`, `arrears`, `removed`",
      preset("active"),
      "frozen",
      "How the key's account stands; each state has its answer in the dialect. A `revoked` key is answered like one that never was."),
  KEY_MODE(
      "key.TAG.mode",
      "`enforce`, `observe`",
      preset("enforce"),
      "observe",
      "With `observe` no call with the key is refused; what would have been is counted and logged."),
  KEY_HARD_STOP(
      "key.TAG.hard-stop",
      "`true`, `false`",
      preset("false"),
      "true",
      "Whether event streams of the key are ended, with a closing event, when a token budget has no more for them."),
  KEY_EXPIRES(
      "key.TAG.expires",
      "a moment in ISO 8601",
      means("never"),
      "2027-01-31T00:00:00Z",
      "The first moment at which the key is no longer accepted."),
  KEY_IPS(
      "key.TAG.ips",
      "addresses and CIDR blocks",
      means("any"),
      "203.0.113.0/24, 2001:db8::/32",
      "Where the key may be used from."),
  KEY_MODELS(
      "key.TAG.models",
      "models and globs",
      means("any"),
      "qwen2.5-*, deepseek-v3",
      "The models that the key may call. With such a list it may call a route that names no model only if `key.TAG.routes` lists it."),
  KEY_ENDPOINTS(
      "key.TAG.endpoints",
      "custom endpoints and globs",
      means("any whose model the key may call"),
      "team-a",
      "The custom endpoints that the key may call."),
  KEY_ROUTES("key.TAG.routes", "routes", means("any"), "chat", "The routes that the key may call."),
  KEY_LIMITS(
      "key.TAG.limits", "limits", means("none"), "gold", "Limits for all calls with the key."),
  KEY_MODEL_LIMITS(
      "key.TAG.limits.GLOB",
      "limits",
      means("none"),
      "rpm 10",
      "Limits for calls with the key to the models that the name or glob matches, together. Of several that match, all hold."),

  ROUTE_TIMEOUT("route.NAME.timeout"),
  SERVICE_WORKERS("service.workers"),
  SERVICE_QUEUE("service.queue"),
  SERVICE_TIMEOUT("service.timeout");

  private static final Map<String, Setting> BY_PATTERN = new HashMap<>();

  static {
    for (Setting setting : values()) {
      BY_PATTERN.put(setting.pattern, setting);
    }
  }

  private final String pattern;
  private final String syntax;
  private final Absence absence;
  private final String example;
  private final String doc;

  Setting(String pattern, String syntax, Absence absence, String example, String doc) {
    this.pattern = pattern;
    this.syntax = syntax;
    this.absence = absence;
    this.example = example;
    this.doc = doc;
  }

  /** A setting of a later version: its place is taken, its use refused. */
  Setting(String pattern) {
    this(pattern, "", means(""), "", "");
  }

  /** The setting of a pattern such as {@code route.NAME.paths}, or {@code null}. */
  static @Nullable Setting of(String pattern) {
    return BY_PATTERN.get(pattern);
  }

  /** The setting's name, with {@code NAME}, {@code TAG} or {@code GLOB} for what the operator chooses. */
  String pattern() {
    return pattern;
  }

  /** What values it takes, in a few words. */
  String syntax() {
    return syntax;
  }

  /** The value that counts when the setting is not given. */
  String preset() {
    return Objects.requireNonNull(absence.preset, pattern);
  }

  /** What it means that the setting is not given, for the reference. */
  String absence() {
    return absence.meaning;
  }

  String example() {
    return example;
  }

  String doc() {
    return doc;
  }

  /** Whether this version only knows the name. */
  boolean isLater() {
    return syntax.isEmpty();
  }

  /** Whether no value of it may ever be shown. */
  boolean isSecret() {
    return this == KEY_SHA256 || this == KEY_SECRET || this == KEY_EAS_TOKEN;
  }

  /** Whether a system property or the environment may say otherwise than the file. */
  boolean isOverridable() {
    return !pattern.startsWith("key.") && this != ALLOW_PLAIN_TEXT_KEYS && !isLater();
  }

  /** Whether the whole name is fixed. */
  boolean isSingle() {
    return pattern.equals(pattern.toLowerCase(Locale.ROOT));
  }

  private static Absence preset(String value) {
    return new Absence(value, "`" + value + "`");
  }

  private static Absence means(String meaning) {
    return new Absence(null, meaning);
  }

  private record Absence(@Nullable String preset, String meaning) {}
}
