package io.ostiary.core;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One vendor's way to refuse: a row for each {@link Reason}, an envelope around it, and a form of request ids. Immutable;
 * made of a table, of which {@code dialect/modelarts.properties} is an example that explains itself.
 */
final class Dialect {

  /** The names of those that ship with the guard. */
  static final List<String> BUILT_IN =
      List.of("modelarts", "dashscope", "dashscope-compatible", "eas", "openai", "anthropic");

  /** No budget makes anyone wait a century: what is longer is Bucket4j's {@code Long.MAX_VALUE}, "never". */
  private static final long NEVER_NANOS = Long.MAX_VALUE / 2;

  /** Clients believe a wait of up to a minute; longer ones they replace by a short one of their own, and call in vain. */
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long NANOS_PER_MILLISECOND = 1_000_000;

  private static final int TIMEOUT = 408;

  /** OkHttp, and so the clients that stand on it, repeat a 408 without such a header at once. */
  private static final Header RETRY_IN_A_SECOND = new Header("Retry-After", "1");

  /** Obeyed by the clients of OpenAI and Anthropic, which would otherwise repeat a call that cannot succeed. */
  static final Header DO_NOT_RETRY = new Header("x-should-retry", "false");

  private static final Map<String, Dialect> LOADED = new ConcurrentHashMap<>();

  private final String name;
  private final DialectSettings settings;
  private final RequestIds requestIds;
  private final EnumMap<Reason, RefusalForm> forms;
  private final StatusForms statuses;
  private volatile @Nullable ErrorMembers errorMembers;

  /** A dialect of its compiled parts, with a form for every reason. */
  Dialect(
      String name,
      DialectSettings settings,
      RequestIds requestIds,
      EnumMap<Reason, RefusalForm> forms,
      StatusForms statuses) {
    this.name = name;
    this.settings = settings;
    this.requestIds = requestIds;
    this.forms = forms.clone();
    this.statuses = statuses;
  }

  /** The built-in dialect of a name, or {@code null}. */
  static @Nullable Dialect builtIn(String name) {
    return BUILT_IN.contains(name)
        ? LOADED.computeIfAbsent(name, known -> builtIn(known, Dialect::anyLong))
        : null;
  }

  /** A built-in dialect whose new request ids are made of the longs given. */
  static Dialect builtIn(String name, LongSupplier random) {
    List<Problem> problems = new ArrayList<>();
    DialectTable table = DialectReader.builtIn(name, problems);
    if (table == null) {
      throw new IllegalArgumentException(name);
    }
    Dialect dialect = DialectCompiler.compile(name, table, random, problems);
    if (!problems.isEmpty()) {
      throw new IllegalStateException("a table of ours is wrong: " + problems);
    }
    return dialect;
  }

  /** An operator's own table; the dialect's name is that of the file, without what follows its last dot. */
  static Dialect read(Path file) throws PolicyException {
    List<Problem> problems = new ArrayList<>();
    DialectTable table = DialectReader.read(file, problems);
    Dialect dialect =
        table == null
            ? null
            : DialectCompiler.compile(nameOf(file), table, Dialect::anyLong, problems);
    if (dialect == null || !problems.isEmpty()) {
      throw new PolicyException(problems);
    }
    return dialect;
  }

  String name() {
    return name;
  }

  /** Whether an {@code Authorization} header without a scheme is a key here, as PAI-EAS has it. */
  boolean takesBareKey() {
    return settings.takesBareKey();
  }

  /** The header that carries a request's id. */
  String requestIdHeader() {
    return requestIds.header();
  }

  /** The header with a request's id. */
  Header idHeader(String requestId) {
    return new Header(requestIds.header(), requestId);
  }

  /** The caller's own id of the request if it is well formed, a new one otherwise. */
  String requestId(Call call) {
    return requestIds.of(call);
  }

  /** Whether the caller's own id of the request is longer than an id may be. */
  boolean hasTooLongId(Call call) {
    return requestIds.isTooLong(call);
  }

  /** The roles that a message may have, as answers list them. */
  List<String> roles() {
    return settings.roles();
  }

  /** Whether budgets are told in Anthropic's headers, and not in OpenAI's. */
  boolean tellsLimitsAsAnthropic() {
    return settings.anthropicLimits();
  }

  /**
   * The answer that refuses a call.
   *
   * @param retryAfterNanos how long the caller should wait; zero when waiting does not help
   * @param more headers that only this call has
   */
  Refusal refuse(
      Reason reason, Facts facts, String requestId, long retryAfterNanos, List<Header> more) {
    RefusalForm form = form(reason);
    List<Header> headers = headers(form, requestId, retryAfterNanos, more);
    return new Refusal(form.status(), headers, form.body().fill(facts, requestId));
  }

  /**
   * The answer that speaks for an error which the app or the container has raised, with its status.
   *
   * @param status 400 or more
   * @param message what the app has said of it, or {@code null} for the table's own text
   * @param more headers that every answer to the call has, its id among them
   */
  Refusal error(
      int status, @Nullable String message, Facts facts, String requestId, List<Header> more) {
    StatusForms.Form form = statuses.of(status);
    List<Header> headers = new ArrayList<>(form.headers());
    headers.addAll(more);
    return new Refusal(status, headers, form.body(message, facts, requestId));
  }

  /** Where the errors of apps say what is wrong, and which members this dialect's own errors have. */
  ErrorMembers errorMembers() {
    ErrorMembers members = errorMembers;
    if (members == null) {
      members = new ErrorMembers(settings.envelopeMembers());
      errorMembers = members;
    }
    return members;
  }

  private RefusalForm form(Reason reason) {
    return Objects.requireNonNull(forms.get(reason));
  }

  private List<Header> headers(
      RefusalForm form, String requestId, long retryAfterNanos, List<Header> more) {
    List<Header> headers = new ArrayList<>(form.headers().size() + more.size() + 4);
    headers.addAll(form.headers());
    headers.add(new Header(requestIds.header(), requestId));
    boolean waitHelps = form.waitHelps() && retryAfterNanos > 0 && retryAfterNanos < NEVER_NANOS;
    if (waitHelps) {
      headers.add(new Header("Retry-After", ceiling(retryAfterNanos, NANOS_PER_SECOND)));
      headers.add(new Header("retry-after-ms", ceiling(retryAfterNanos, NANOS_PER_MILLISECOND)));
    } else if (form.status() == TIMEOUT) {
      headers.add(RETRY_IN_A_SECOND);
    }
    if (form.retriedByHabit() && (!waitHelps || retryAfterNanos > PATIENCE_NANOS)) {
      headers.removeIf(header -> header.name().equals(DO_NOT_RETRY.name()));
      headers.add(DO_NOT_RETRY);
    }
    headers.addAll(more);
    return headers;
  }

  /** The event that ends a stream which had begun, in UTF-8. */
  byte[] closingEvent(Reason reason, Facts facts, String requestId) {
    RefusalForm form = form(reason);
    return event(form.status(), form.body().fill(facts, requestId));
  }

  /** The event that ends a stream on which the app has failed, in UTF-8. */
  byte[] closingEvent(int status, Facts facts, String requestId) {
    return event(status, statuses.of(status).body(null, facts, requestId));
  }

  private byte[] event(int status, byte[] body) {
    String data = new String(body, StandardCharsets.UTF_8);
    StringBuilder event = new StringBuilder();
    for (String line : settings.streamError()) {
      event
          .append(line.replace("{status}", Integer.toString(status)).replace("{body}", data))
          .append('\n');
    }
    return event.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Rounded up, so that a caller who waits exactly as long as told is not early, and never 0. */
  private static String ceiling(long nanos, long unit) {
    return Long.toString((nanos - 1) / unit + 1);
  }

  private static long anyLong() {
    return ThreadLocalRandom.current().nextLong();
  }

  private static String nameOf(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  @Override
  public String toString() {
    return name;
  }
}
