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
  private final BodyMemory memory;

  private Facts facts = Facts.NONE;
  private boolean opened;
  private boolean complete;
  private @Nullable Body body;
  private @Nullable BodyHold hold;
  private @Nullable Coding coding;
  private @Nullable JsonScanner scanned;
  private @Nullable SentForm form;

  /** @param memory for what has to be held of the body */
  Intake(Call call, Route route, RequestFields fields, BodyMemory memory) {
    this.call = call;
    this.route = route;
    this.fields = fields;
    this.memory = memory;
  }

  /**
   * Reads the body where it has to be known: for the model, for the price, or because its length is not declared.
   *
   * @param pays whether the call may meet a budget of tokens
   * @param signed whether its bytes have to be compared with a signature
   * @param refuses whether a body that is too large is going to be refused; otherwise it is kept for the app
   * @return why the call cannot be judged by it, or {@code null}
   * @throws IOException if the body breaks off
   */
  @Nullable Reason read(BodySource source, boolean pays, boolean signed, boolean refuses)
      throws IOException {
    boolean asForm = takesForms() && declaresForm();
    boolean scans = !asForm && (takesJson() || (pays && declaresJson()));
    if (!asForm && !scans && !signed && !(refuses && hasBodyOfUnknownLength())) {
      return null;
    }
    Reason no = asForm || scans ? unreadable(asForm) : null;
    if (no != null) {
      return no;
    }
    JsonScanner scanner = scans ? fields.scanner() : null;
    try (Inflating inflating =
        scanner == null || coding == null
            ? null
            : new Inflating(coding, route.maxBody(), scanner)) {
      no = take(source, inflating == null ? scanner : inflating);
      no = no != null || inflating == null ? no : wellCoded(inflating);
    }
    if (no == null && asForm) {
      return wellFormedForm();
    }
    return no != null || scanner == null || (wholeBody().length() == 0 && !needsJson())
        ? no
        : wellFormed(scanner);
  }

  private @Nullable Reason take(BodySource source, @Nullable BodySink sink) throws IOException {
    opened = true;
    InputStream in = source.open();
    BodyHold taken = memory.hold();
    hold = taken;
    BodyOutcome outcome = BodyReader.read(in, call.declaredLength(), route.maxBody(), taken, sink);
    if (outcome instanceof BodyOutcome.TooLarge large) {
      body = large.begun().followedBy(in);
      facts = tooLarge(route);
      return Reason.BODY_TOO_LARGE;
    }
    if (outcome instanceof BodyOutcome.NoRoom full) {
      body = full.begun().followedBy(in);
      return Reason.BODIES_FULL;
    }
    if (!(outcome instanceof BodyOutcome.Complete whole)) {
      throw new IOException("the body ended before its declared length");
    }
    complete = true;
    body = whole.body();
    return null;
  }

  /** Whether a form that comes is read as one. */
  private boolean takesForms() {
    boolean forWords = !route.words().areNone() && !route.model().isInJson();
    return (route.model().concernsForms() || forWords) && route.shape() == Shape.NONE;
  }

  /** Whether what is no form is read as JSON, by the route and not by its label. */
  private boolean takesJson() {
    return needsJson() || route.model().isInJson() || !route.words().areNone();
  }

  /** Whether there has to be JSON, and not only may be. */
  private boolean needsJson() {
    return route.model().isInJsonOnly() || route.shape() != Shape.NONE;
  }

  private @Nullable Reason unreadable(boolean asForm) {
    String trouble = BodyLabels.codingTrouble(call);
    coding = trouble == null ? BodyLabels.coding(call) : null;
    if (trouble != null || (asForm && coding != null)) {
      // No servlet makes parameters of a form that is coded.
      facts = Facts.of(Slot.DETAIL, trouble == null ? "a form cannot be coded" : trouble);
      return Reason.BODY_ENCODING;
    }
    trouble = BodyLabels.typeTrouble(call, asForm);
    return trouble == null ? null : malformed(trouble);
  }

  private @Nullable Reason wellCoded(Inflating inflating) {
    if (inflating.isTooLarge()) {
      facts = tooLarge(route);
      return Reason.BODY_TOO_LARGE;
    }
    String problem = inflating.problem();
    return problem == null ? null : malformed(problem);
  }

  private @Nullable Reason wellFormed(JsonScanner scanner) {
    String problem = scanner.problem();
    if (problem == null) {
      scanned = scanner;
      return null;
    }
    return malformed(problem);
  }

  private @Nullable Reason wellFormedForm() throws IOException {
    try {
      SentForm sent = SentForm.of(wholeBody(), Objects.requireNonNull(call.header("Content-Type")));
      if (takesJson() && sent.mayBeJson()) {
        return malformed("a form came that may be read as JSON");
      }
      form = sent;
      return null;
    } catch (MalformedBodyException problem) {
      return malformed(String.valueOf(problem.getMessage()));
    }
  }

  private Reason malformed(String detail) {
    facts = Facts.of(Slot.DETAIL, detail);
    return Reason.BODY_MALFORMED;
  }

  /** Why the call cannot be judged by the fields of its JSON, be they nonsense or missing, or {@code null}. */
  @Nullable Reason misshapen() throws IOException {
    JsonScanner found = scanned;
    if (found == null) {
      return null;
    }
    Facts nonsense = fields.nonsense(found);
    if (nonsense != null) {
      facts = nonsense;
      return Reason.FIELD_INVALID;
    }
    return route.shape() == Shape.NONE ? null : outOfShape();
  }

  private @Nullable Reason outOfShape() throws IOException {
    InputStream bytes = wholeBody().stream();
    try (InputStream content = coding == null ? bytes : coding.decoded(bytes)) {
      ShapeCheck check = ShapeCheck.of(route.shape(), content, route.dialect().roles());
      facts = check.facts();
      return check.refusal();
    }
  }

  /** Why the call may not have the text that it has, or {@code null}. */
  @Nullable Reason unwanted() throws IOException {
    RefusedWords.Found found = route.words().areNone() ? null : route.words().find(this::find);
    facts = found == null ? Facts.NONE : Facts.of(Slot.ENTRY, found.entry());
    return found == null ? null : found.reason();
  }

  /** The line of a list that has something of the body's text, or 0. */
  private int find(WordList list) throws IOException {
    if (form != null) {
      return form.find(list);
    }
    if (scanned == null) {
      return 0;
    }
    InputStream bytes = wholeBody().stream();
    try (InputStream content = coding == null ? bytes : coding.decoded(bytes)) {
      return JsonTexts.find(list, content);
    }
  }

  private boolean declaresForm() {
    String type = call.header("Content-Type");
    return type != null && SentForm.isForm(type.toLowerCase(Locale.ROOT).strip());
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

  /** The body as the client sent it, or {@code null} if the container still has it. */
  @Nullable Body sent() {
    return body;
  }

  private Body wholeBody() {
    return Objects.requireNonNull(body);
  }

  /** What the body takes of the memory for bodies, or {@code null} for nothing. */
  @Nullable BodyHold hold() {
    return hold == null || hold.isEmpty() ? null : hold;
  }

  /** The body is not going to be used. */
  void letGo() {
    if (hold != null) {
      hold.letGo();
    }
  }

  /** The JSON that was read, or {@code null}. */
  @Nullable JsonScanner scanned() {
    return scanned;
  }

  /** The form that was read, or {@code null}. */
  @Nullable SentForm form() {
    return form;
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
    return body == null || scanned == null || coding != null
        ? -1
        : counter.tokens(body, scanned.textBytes());
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
   * @param reservedOutput what the call is told as its maximum, if it names none and the operator has it told; or 0
   * @param renaming what becomes of the model's name, or {@code null}
   */
  @Nullable Body bodyForApp(long reservedOutput, @Nullable Renaming renaming) {
    Body taken = body;
    boolean caps =
        route.enforcedCap() != null
            && scanned != null
            && reservedOutput > 0
            && fields.hasNoCap(scanned);
    if (taken == null || (!caps && renaming == null)) {
      return taken;
    }
    BodyEdit edit = new BodyEdit(taken, coding);
    if (caps) {
      long cap = Math.max(1, reservedOutput / choices());
      edit.putMember("\"" + route.enforcedCap() + "\":" + cap);
    }
    if (renaming != null) {
      renaming.change(edit);
    }
    return edit.done();
  }
}
