package io.ostiary.core;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One call being judged. The order in which things are asked stands in {@link #arrive()} and {@link #enter}, top to bottom:
 * what is cheap and pure comes first, what draws on a limit comes last, so that a refused call costs nothing.
 */
final class Judgement {

  private final InForce now;
  private final Call call;
  private final LongSupplier wallMillis;
  private final Log log;

  private Facts facts = Facts.NONE;
  private long retryAfterNanos;

  private @Nullable RequestPath path;
  private RouteTable.Match match = RouteTable.UNMATCHED;
  private @Nullable Route route;
  private InForce.@Nullable Caller caller;

  private boolean bodyOpened;
  private boolean bodyComplete;
  private @Nullable Body body;
  private @Nullable JsonScanner scanned;
  private @Nullable String model;
  private @Nullable String endpoint;
  private @Nullable Draw draw;
  private long input;

  Judgement(InForce now, Call call, LongSupplier wallMillis, Log log) {
    this.now = now;
    this.call = call;
    this.wallMillis = wallMillis;
    this.log = log;
  }

  /** By the head alone: which door, who, from where, to where, how big. No body byte is read, nothing is drawn. */
  Decision arrive() {
    if (!now.policy.guarding()) {
      return Decision.Admit.UNTOUCHED;
    }
    Reason no = door();
    if (no != null) {
      return reject(no);
    }
    Route route = this.route;
    if (route == null) {
      return Decision.Admit.UNTOUCHED;
    }
    if (route.keyed()) {
      no = key();
      no = no != null ? no : address();
      no = no != null ? no : permittedRoute();
    }
    no = no != null ? no : declaredSize();
    return no != null
        ? reject(no)
        : new Decision.Proceed(new Arrival(now, path(), match, route, caller));
  }

  /** With the body: what is asked for, whether this caller may have it, and whether the limits can pay. */
  Decision enter(Arrival arrival, BodySource source) throws IOException {
    String resolved = call.resolvedPath();
    if (resolved != null && !resolved.equals(arrival.path.text())) {
      Decision again = arrive();
      if (!(again instanceof Decision.Proceed)) {
        return again;
      }
    } else {
      recall(arrival);
    }
    Reason no = body(source);
    if (caller != null) {
      no = no != null ? no : numbers();
      no = no != null ? no : model();
      no = no != null ? no : permittedModel();
      no = no != null ? no : limits();
    }
    return no != null ? reject(no) : admit();
  }

  /** The answer to a body that broke off while it was read. */
  Decision unreadable() {
    return reject(endedEarly());
  }

  /** The answer to a call on which the guard failed, in the words of its route as far as that is known. */
  Decision failed() {
    if (route == null) {
      door();
    }
    facts = Facts.NONE;
    retryAfterNanos = 0;
    return reject(Reason.INTERNAL);
  }

  /** What was drawn goes back: the guard failed after it had taken. */
  void undo() {
    if (draw != null) {
      draw.undo();
    }
  }

  /** Whether the app would find the body gone if it were called now. */
  boolean hasOpenedBody() {
    return bodyOpened;
  }

  // ---- by the head

  private @Nullable Reason door() {
    path = RequestPath.of(call);
    match = now.routes.match(path);
    route = match.route();
    if (route != null) {
      return null;
    }
    facts = Facts.of(Slot.PATH, path.text());
    if (match == RouteTable.AMBIGUOUS) {
      return Reason.PATH_AMBIGUOUS;
    }
    return now.policy.passesUnmatched() ? null : Reason.PATH_UNKNOWN;
  }

  private @Nullable Reason key() {
    Credential credential = Credential.of(call, dialect().takesBareKey());
    String key = credential.key();
    if (key != null) {
      caller = now.caller(Digest.of(key));
    } else if (credential.refusal() == Reason.KEY_MISSING) {
      caller = now.anonymous;
    }
    if (caller == null) {
      facts =
          Facts.of(Slot.DETAIL, "an Authorization header of the form \"Bearer KEY\" was expected");
      return key == null ? credential.refusal() : Reason.KEY_UNKNOWN;
    }
    if (caller.expires() <= wallMillis.getAsLong()) {
      return Reason.KEY_EXPIRED;
    }
    return caller.key().state().reason();
  }

  private @Nullable Reason address() {
    AddressSet allowed = caller().key().addresses();
    if (allowed.isAny()) {
      return null;
    }
    Address client = ClientAddress.of(call, now.policy.trustedProxies());
    if (client == null) {
      return Reason.ADDRESS_UNCLEAR;
    }
    if (allowed.contains(client)) {
      return null;
    }
    facts = Facts.of(Slot.IP, client.toString());
    return Reason.ADDRESS_NOT_ALLOWED;
  }

  /** A key that may call some models only cannot be judged where no model is named, unless it was given the route. */
  private @Nullable Reason permittedRoute() {
    Key key = caller().key();
    boolean granted = key.routes() != null && key.routes().contains(route().name());
    boolean judgeable =
        !(route().model() instanceof ModelSource.None) || !key.isRestrictedByModel();
    if (granted || (key.routes() == null && judgeable)) {
      return null;
    }
    facts = Facts.of(Slot.PATH, path().text());
    return Reason.ROUTE_NOT_ALLOWED;
  }

  private @Nullable Reason declaredSize() {
    return call.declaredLength() > route().maxBody() ? tooLarge() : null;
  }

  // ---- with the body

  private void recall(Arrival arrival) {
    path = arrival.path;
    match = arrival.match;
    route = arrival.route;
    caller = arrival.caller;
  }

  private @Nullable Reason body(BodySource source) throws IOException {
    boolean needed = route().model() instanceof ModelSource.BodyField;
    boolean scanned = needed || (caller != null && caller.maySpendTokens() && declaresJson());
    if (!scanned && !hasBodyOfUnknownLength()) {
      return null;
    }
    if (scanned && !isReadable()) {
      return Reason.BODY_ENCODING;
    }
    JsonScanner scanner = scanned ? now.fields(route()).scanner() : null;
    bodyOpened = true;
    BodyOutcome outcome =
        BodyReader.read(source.open(), call.declaredLength(), route().maxBody(), scanner);
    if (outcome instanceof BodyOutcome.TooLarge) {
      return tooLarge();
    }
    if (!(outcome instanceof BodyOutcome.Complete complete)) {
      return endedEarly();
    }
    bodyComplete = true;
    body = complete.body();
    return scanner == null || (body.length() == 0 && !needed) ? null : wellFormed(scanner);
  }

  private Reason endedEarly() {
    facts = Facts.of(Slot.DETAIL, "the body ended early");
    return Reason.BODY_UNREADABLE;
  }

  private @Nullable Reason wellFormed(JsonScanner scanner) {
    String problem = scanner.problem();
    if (problem == null) {
      scanned = scanner;
      return null;
    }
    facts = Facts.of(Slot.DETAIL, problem);
    return Reason.BODY_MALFORMED;
  }

  private boolean isReadable() {
    String trouble = BodyLabels.trouble(call);
    if (trouble != null) {
      facts = Facts.of(Slot.DETAIL, trouble);
    }
    return trouble == null;
  }

  private boolean declaresJson() {
    String type = call.header("Content-Type");
    return type != null && MediaType.isJson(type.toLowerCase(Locale.ROOT));
  }

  private boolean hasBodyOfUnknownLength() {
    if (call.declaredLength() >= 0) {
      return false;
    }
    return call.header("Transfer-Encoding") != null
        || switch (call.method()) {
          case "CONNECT" -> false;
          case "GET", "HEAD", "OPTIONS", "TRACE", "DELETE" -> call.isMultiplexed();
          default -> call.isMultiplexed() || call.header("Upgrade") == null;
        };
  }

  private @Nullable Reason numbers() {
    String field = scanned == null ? null : now.fields(route()).nonsense(scanned);
    if (field == null) {
      return null;
    }
    facts = Facts.of(Slot.FIELD, field).and(Slot.DETAIL, "not a sensible whole number");
    return Reason.FIELD_INVALID;
  }

  private @Nullable Reason model() {
    ModelName name =
        ModelName.of(route().model(), call, match.model(), now.fields(route()), scanned);
    model = name.text();
    facts = name.facts();
    return name.refusal();
  }

  private @Nullable Reason permittedModel() {
    String name = model;
    if (name == null) {
      return null;
    }
    Key key = caller().key();
    Endpoint custom = now.policy.endpoints().get(name);
    if (custom != null) {
      endpoint = name;
      model = custom.model();
      facts = Facts.of(Slot.ENDPOINT, name).and(Slot.MODEL, name).and(Slot.PATH, path().text());
      if (!route().models().contains(custom.model())) {
        return Reason.MODEL_NOT_SERVED;
      }
      // A key with a list of models but none of endpoints must not reach another model behind an
      // endpoint's name.
      NameSet endpoints = key.endpoints();
      boolean allowed =
          endpoints != null ? endpoints.contains(name) : key.models().contains(custom.model());
      return allowed ? null : Reason.ENDPOINT_NOT_ALLOWED;
    }
    String real = now.policy.aliases().getOrDefault(name, name);
    model = real;
    facts = Facts.of(Slot.MODEL, name).and(Slot.PATH, path().text());
    if (!now.policy.models().contains(real)) {
      return Reason.MODEL_UNKNOWN;
    }
    if (!route().models().contains(real)) {
      return Reason.MODEL_NOT_SERVED;
    }
    return key.models().contains(real) ? null : Reason.MODEL_NOT_ALLOWED;
  }

  private @Nullable Reason limits() {
    Draw asked = Draw.of(now, caller(), model, endpoint);
    long tokens = 0;
    if (asked.countsTokens()) {
      Price price = price(asked.smallestTokenBudget());
      input = price.input();
      tokens = price.total();
      facts = Facts.of(Slot.ESTIMATE, Long.toString(tokens));
      if (tokens > asked.smallestTokenBudget()) {
        facts = facts.and(Slot.LIMIT, Long.toString(asked.smallestTokenBudget()));
        return Reason.TOKENS_NEVER_FIT;
      }
    }
    draw = asked;
    Meter refused = asked.take(tokens);
    if (refused == null) {
      return null;
    }
    draw = null;
    facts = facts.and(Slot.LIMIT, Long.toString(refused.limit().count()));
    retryAfterNanos = Math.max(1, asked.longestWait());
    return refused.limit().kind().reason();
  }

  private Price price(long smallestBudget) {
    String type = call.header("Content-Type");
    boolean text = type != null && MediaType.isText(type.toLowerCase(Locale.ROOT));
    long bytes = text ? Math.max(0, body != null ? body.length() : call.declaredLength()) : 0;
    return Price.of(now.fields(route()), scanned, bytes, route().defaultOutput(), smallestBudget);
  }

  // ---- the answer

  private Decision admit() {
    Lease lease = draw == null ? Lease.NONE : new Lease(draw, input, log);
    return new Decision.Admit(lease, body, List.of(), now.policy.repairsText());
  }

  private Decision reject(Reason reason) {
    Dialect dialect = dialect();
    Refusal refusal = dialect.refuse(reason, facts, dialect.requestId(call), retryAfterNanos);
    return new Decision.Reject(reason, refusal, isBodyUnread());
  }

  private boolean isBodyUnread() {
    if (bodyOpened) {
      return !bodyComplete;
    }
    return call.declaredLength() > 0 || call.header("Transfer-Encoding") != null;
  }

  private Reason tooLarge() {
    facts = Facts.of(Slot.SIZE, route().maxBodyText());
    return Reason.BODY_TOO_LARGE;
  }

  private Dialect dialect() {
    return route != null ? route.dialect() : now.policy.defaultDialect();
  }

  private Route route() {
    return Objects.requireNonNull(route);
  }

  private RequestPath path() {
    return Objects.requireNonNull(path);
  }

  private InForce.Caller caller() {
    return Objects.requireNonNull(caller);
  }
}
