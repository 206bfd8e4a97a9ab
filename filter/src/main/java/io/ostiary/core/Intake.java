package io.ostiary.core;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The body of one call as it is taken in: as far as it is needed, no further than the route allows, in one pass. */
final class Intake {

  private final Call call;
  private final Route route;
  private final RequestFields fields;

  private Facts facts = Facts.NONE;
  private boolean opened;
  private boolean complete;
  private @Nullable Body body;
  private @Nullable JsonScanner scanned;

  Intake(Call call, Route route, RequestFields fields) {
    this.call = call;
    this.route = route;
    this.fields = fields;
  }

  /**
   * Reads the body where it has to be known: for the model, for the price, or because its length is not declared.
   *
   * @param pays whether the call may meet a budget of tokens
   * @param refuses whether a body that is too large is going to be refused; otherwise it is kept for the app
   * @return why the call cannot be judged by it, or {@code null}
   * @throws IOException if the body breaks off
   */
  @Nullable Reason read(BodySource source, boolean pays, boolean refuses) throws IOException {
    boolean needed = route.model() instanceof ModelSource.BodyField;
    boolean scans = needed || (pays && declaresJson());
    if (!scans && !(refuses && hasBodyOfUnknownLength())) {
      return null;
    }
    if (scans && !isReadable()) {
      return Reason.BODY_ENCODING;
    }
    JsonScanner scanner = scans ? fields.scanner() : null;
    opened = true;
    InputStream in = source.open();
    BodyOutcome outcome = BodyReader.read(in, call.declaredLength(), route.maxBody(), scanner);
    if (outcome instanceof BodyOutcome.TooLarge large) {
      body = large.begun().followedBy(in);
      facts = tooLarge(route);
      return Reason.BODY_TOO_LARGE;
    }
    if (!(outcome instanceof BodyOutcome.Complete whole)) {
      throw new IOException("the body ended before its declared length");
    }
    complete = true;
    body = whole.body();
    return scanner == null || (body.length() == 0 && !needed) ? null : wellFormed(scanner);
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

  /** The facts of a refusal for size. */
  static Facts tooLarge(Route route) {
    return Facts.of(Slot.SIZE, route.maxBodyText());
  }

  /** What {@link #read} found wrong. */
  Facts facts() {
    return facts;
  }

  /** Whether the app would find the body gone if it were called with the container's own. */
  boolean isOpened() {
    return opened;
  }

  /** Whether bytes of the body may still be on their way. */
  boolean isUnread() {
    return opened ? !complete : isUnread(call);
  }

  static boolean isUnread(Call call) {
    return call.declaredLength() > 0 || call.header("Transfer-Encoding") != null;
  }

  /** The body to give to the app, or {@code null} if the container still has it. */
  @Nullable Body body() {
    return body;
  }

  /** The JSON that was read, or {@code null}. */
  @Nullable JsonScanner scanned() {
    return scanned;
  }

  /** The bytes of text in the request, in UTF-8. */
  long textBytes() {
    if (scanned != null) {
      return scanned.textBytes();
    }
    String type = call.header("Content-Type");
    boolean text = type == null || MediaType.isText(type.toLowerCase(Locale.ROOT));
    return text ? Math.max(0, body != null ? body.length() : call.declaredLength()) : 0;
  }

  /** The tokens of the text in the body as a tokenizer counts them, or −1 if there is none to count. */
  long count(TokenCounter counter) {
    return body == null || scanned == null ? -1 : counter.tokens(body, scanned.textBytes());
  }

  /** The tokens that the answer may have at most, or −1 when the request names no maximum. */
  long outputCap() {
    return scanned == null ? -1 : fields.outputCap(scanned);
  }

  /** How many answers are generated. */
  long choices() {
    return scanned == null ? 1 : fields.choices(scanned);
  }

  /** Whether a stream gives its text in pieces where the vendor would otherwise repeat it. */
  boolean isIncremental() {
    return scanned != null && fields.isIncremental(scanned);
  }

  /**
   * The body to give to the app, or {@code null} if the container still has it.
   *
   * @param reservedOutput what the call is told as its maximum, if it names none and the operator has it told
   */
  @Nullable Body bodyForApp(long reservedOutput) {
    String field = route.enforcedCap();
    if (field == null
        || body == null
        || scanned == null
        || reservedOutput == 0
        || !fields.hasNoCap(scanned)) {
      return body;
    }
    return body.withMember(
        "\"" + field + "\":" + Math.max(1, reservedOutput / fields.choices(scanned)));
  }

  /** The facts of the first field whose value makes no sense as a number, or {@code null}. */
  @Nullable Facts nonsense() {
    return scanned == null ? null : fields.nonsense(Objects.requireNonNull(scanned));
  }
}
