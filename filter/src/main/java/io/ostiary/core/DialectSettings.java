package io.ostiary.core;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a dialect's table says besides its rows, checked.
 *
 * @param columns the names of a row's cells; the first is {@code status}, the last {@code message}
 * @param envelope the JSON text around a row, whose places are columns or {@code request_id}
 * @param streamError the lines of the event that ends a stream, in which {@code {status}} and {@code {body}} are filled
 * @param roles that a message of a chat may have
 * @param anthropicLimits whether budgets are told in Anthropic's headers, and not in OpenAI's
 * @param challenge what {@code WWW-Authenticate} says on every 401 (RFC 9110 section 15.5.2), or {@code null} for none
 */
record DialectSettings(
    List<String> columns,
    Template envelope,
    String contentType,
    @Nullable String challenge,
    boolean takesBareKey,
    String requestIdHeader,
    RequestIds.Form requestIdForm,
    String requestIdPrefix,
    List<String> streamError,
    boolean anthropicLimits,
    List<String> roles) {

  static final String EXTENDS = "extends";
  static final String COLUMNS = "columns";
  static final String STATUS = "status";
  static final String MESSAGE = "message";
  static final String REQUEST_ID = "request_id";

  /** Every setting there is. */
  static final List<String> NAMES =
      List.of(
          EXTENDS,
          COLUMNS,
          "envelope",
          "content-type",
          "challenge",
          "bare-key",
          "request-id.header",
          "request-id.form",
          "request-id.prefix",
          "stream-error",
          "limit-headers",
          "roles");

  /** As ModelArts lists them. */
  private static final List<String> ROLES =
      List.of("system", "user", "assistant", "function", "tool");

  private static final String DATA = "data: {body}";
  private static final String JSON = "application/json; charset=utf-8";
  private static final Pattern COLUMN = Pattern.compile("[a-z_]+");

  /** A header's name (RFC 9110 section 5.6.2). */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  private static final Pattern VISIBLE = Pattern.compile("[\\x20-\\x7e]+");

  /** The settings of a table. Where one is wrong the problem is added, and something harmless stands in its place. */
  static DialectSettings of(DialectTable table, List<Problem> problems) {
    return new Reading(table, problems).settings();
  }

  /** The dotted paths of the envelope's members, but for the request's id. */
  List<String> envelopeMembers() {
    return EnvelopeMembers.of(envelope);
  }

  private record Reading(DialectTable table, List<Problem> problems) {

    DialectSettings settings() {
      List<String> columns = columns();
      return new DialectSettings(
          columns,
          envelope(columns),
          contentType(),
          checked("challenge", DialectSettings::isVisible, "visible ASCII characters"),
          bareKey(),
          header(),
          form(),
          prefix(),
          streamError(),
          anthropicLimits(),
          roles());
    }

    private List<String> columns() {
      TableLine line = required(COLUMNS);
      if (line == null) {
        return List.of(STATUS, MESSAGE);
      }
      List<String> columns = cells(line.value());
      boolean good =
          columns.size() >= 2
              && columns.get(0).equals(STATUS)
              && columns.get(columns.size() - 1).equals(MESSAGE)
              && columns.stream().allMatch(COLUMN.asMatchPredicate())
              && columns.stream().distinct().count() == columns.size()
              && !columns.contains(REQUEST_ID);
      if (!good) {
        problems.add(
            line.problem(
                "expected status | … | message, each a name of small letters and underscores, none twice, none "
                    + REQUEST_ID));
      }
      return columns;
    }

    private Template envelope(List<String> columns) {
      TableLine line = required("envelope");
      if (line == null) {
        return Template.of("{}");
      }
      Template envelope = Template.of(line.value());
      for (String place : names(envelope)) {
        if (!columns.contains(place) && !place.equals(REQUEST_ID)) {
          problems.add(
              line.problem(
                  "unknown placeholder {"
                      + place
                      + "}; expected one of "
                      + columns
                      + " or "
                      + REQUEST_ID));
        }
      }
      if (!isJson(envelope, "\"a string\"") || !isJson(envelope, "null")) {
        problems.add(
            line.problem(
                "not JSON when filled; expected one JSON object, in which a placeholder stands for a whole value and has"
                    + " no quotation marks around it"));
      }
      return envelope;
    }

    /** The names of its places, each once. */
    private static Set<String> names(Template envelope) {
      Set<String> names = new LinkedHashSet<>();
      for (Template.Place place : envelope.places()) {
        names.add(place.name());
      }
      return names;
    }

    private static boolean isJson(Template envelope, String value) {
      StringBuilder filled = new StringBuilder();
      for (Template.Piece piece : envelope.pieces()) {
        filled.append(piece instanceof Template.Literal literal ? literal.text() : value);
      }
      return JsonGrammar.isObject(filled.toString());
    }

    private String contentType() {
      String type =
          checked(
              "content-type",
              text ->
                  isVisible(text) && text.toLowerCase(Locale.ROOT).contains("json") && isUtf8(text),
              "a JSON type with charset=utf-8, since that is what the bytes are");
      return type == null ? JSON : type;
    }

    private String header() {
      required("request-id.header");
      return orEmpty(checked("request-id.header", TOKEN.asMatchPredicate(), "a header's name"));
    }

    private boolean bareKey() {
      TableLine line = required("bare-key");
      if (line == null) {
        return false;
      }
      if (!line.value().equals("yes") && !line.value().equals("no")) {
        problems.add(line.problem("expected yes or no"));
      }
      return line.value().equals("yes");
    }

    private RequestIds.Form form() {
      TableLine line = required("request-id.form");
      RequestIds.Form form = line == null ? null : RequestIds.Form.of(line.value());
      if (line != null && form == null) {
        problems.add(line.problem("expected one of " + List.of(RequestIds.Form.values())));
      }
      return form == null ? RequestIds.Form.UUID : form;
    }

    /** A prefix leaves room for the longest form, so that our own ids are well formed when they come back. */
    private String prefix() {
      return orEmpty(
          checked(
              "request-id.prefix",
              text -> RequestIds.isWellFormed(text) && text.length() <= RequestIds.LONGEST - 36,
              "at most " + (RequestIds.LONGEST - 36) + " characters of A-Za-z0-9._:-"));
    }

    private List<String> streamError() {
      String lines =
          checked(
              "stream-error",
              text -> isVisible(text) && cells(text).stream().filter(DATA::equals).count() == 1,
              "lines of an event parted by |, one of which is " + DATA);
      return lines == null ? List.of("event: error", DATA) : cells(lines);
    }

    private boolean anthropicLimits() {
      String form =
          checked(
              "limit-headers",
              text -> text.equals("openai") || text.equals("anthropic"),
              "openai or anthropic");
      return "anthropic".equals(form);
    }

    private List<String> roles() {
      String roles =
          checked(
              "roles",
              text -> cells(text).stream().allMatch(COLUMN.asMatchPredicate()),
              "roles of small letters and underscores, parted by |");
      return roles == null ? ROLES : cells(roles);
    }

    private @Nullable String checked(String name, Predicate<String> good, String expected) {
      TableLine line = table.settings().get(name);
      if (line != null && !good.test(line.value())) {
        problems.add(line.problem("expected " + expected));
      }
      return line == null ? null : line.value();
    }

    private @Nullable TableLine required(String name) {
      TableLine line = table.settings().get(name);
      if (line == null) {
        problems.add(new Problem(table.file(), name + " is missing"));
      }
      return line;
    }

    private static String orEmpty(@Nullable String text) {
      return text == null ? "" : text;
    }
  }

  private static boolean isVisible(String text) {
    return VISIBLE.matcher(text).matches();
  }

  private static boolean isUtf8(String type) {
    return type.toLowerCase(Locale.ROOT).endsWith("charset=utf-8");
  }

  /** The cells of a line, which bars part from each other. */
  static List<String> cells(String value) {
    List<String> cells = new ArrayList<>();
    for (String cell : value.split("\\|", -1)) {
      cells.add(cell.strip());
    }
    return cells;
  }
}
