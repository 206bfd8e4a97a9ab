package io.ostiary.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ostiary.core.Fields.Field;
import io.ostiary.core.Fields.Use;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fields of answers, arrays and all, are read from random documents as a walk through Jackson's tokens reads them. */
class AnswerFieldsOracleTest {

  private static final List<String> COUNTS =
      List.of("max_tokens", "usage[].total_tokens", "usage.total_tokens", "parameters[][]");
  private static final List<String> TEXTS =
      List.of("model", "messages[].model", "usage.model", "x[][]", "x.x", "[].model", "[]");
  private static final String WHOLE = "parameters.usage";
  private static final List<String> SIGNS = List.of("models[]", "x[].stream");
  private static final List<Field> FIELDS =
      List.of(
          new Field(Use.COUNT, COUNTS),
          new Field(Use.TEXT, TEXTS),
          new Field(Use.TEXT, List.of(WHOLE + ".*")),
          new Field(Use.SIGN, SIGNS));

  private long count = Long.MIN_VALUE;
  private long text;
  private boolean hasText;
  private long whole;
  private boolean hasWhole;
  private boolean hasSign;

  @Test
  void reads_the_fields_of_random_documents_as_jackson_does() throws IOException {
    long seed = Long.getLong("ostiary.seed", System.nanoTime());
    Random random = new Random(seed);
    JsonDocuments documents = new JsonDocuments(random);
    JsonScanner scanner = JsonScanner.lenient(Fields.ofAnswers(FIELDS));
    int withText = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] document = documents.valid();
      int cut = random.nextInt(document.length + 1);
      scanner.accept(document, 0, cut);
      scanner.accept(document, cut, document.length - cut);
      scanner.finish();
      AnswerFieldsOracleTest expected = new AnswerFieldsOracleTest();
      expected.walk(document);

      assertThat(found(scanner))
          .as("-Dostiary.seed=%d, case %d: %s", seed, i, new String(document, UTF_8))
          .isEqualTo(expected.line());
      withText += expected.text > 0 ? 1 : 0;
      scanner.reset();
    }
    assertThat(withText).isGreaterThan(5_000);
  }

  private static String found(JsonScanner scanner) {
    return line(
        scanner.integer(0),
        scanner.text(1),
        scanner.kind(1) != JsonKind.ABSENT,
        scanner.text(2),
        scanner.kind(2) != JsonKind.ABSENT,
        scanner.kind(3) != JsonKind.ABSENT);
  }

  private String line() {
    return line(count, text, hasText, whole, hasWhole, hasSign);
  }

  private static String line(
      long count, long text, boolean hasText, long whole, boolean hasWhole, boolean hasSign) {
    return count + " " + text + " " + hasText + " " + whole + " " + hasWhole + " " + hasSign;
  }

  private void walk(byte[] document) throws IOException {
    String json = new String(document, UTF_8).replace("\uFEFF", "");
    try (JsonParser parser = new JsonFactory().createParser(json.getBytes(UTF_8))) {
      Deque<String> paths = new ArrayDeque<>(List.of(""));
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.END_ARRAY || token == JsonToken.END_OBJECT) {
          paths.pop();
        } else if (token != JsonToken.FIELD_NAME) {
          String path = path(parser, String.valueOf(paths.peek()), token.isStructStart());
          value(path, token, token.isStructStart() ? "" : parser.getText());
          if (token.isStructStart()) {
            paths.push(path);
          }
        }
      }
    }
  }

  private static String path(JsonParser parser, String holder, boolean opens) throws IOException {
    var context = opens ? parser.getParsingContext().getParent() : parser.getParsingContext();
    if (context.inArray()) {
      return holder + "[]";
    }
    String name = parser.currentName();
    if (!context.inObject() || name == null) {
      return "";
    }
    return (holder.isEmpty() ? "" : holder + ".") + (name.isEmpty() ? "?" : name.replace('.', '?'));
  }

  private void value(String path, JsonToken token, String value) {
    boolean isNumber = token.isNumeric();
    boolean isString = token == JsonToken.VALUE_STRING;
    if (COUNTS.contains(path) && isNumber) {
      count = Math.max(count, wholeNumber(value));
    }
    if (TEXTS.contains(path)) {
      text += isString ? size(value) : 0;
      hasText |= isString || token == JsonToken.VALUE_NULL || token == JsonToken.START_ARRAY;
    }
    hasSign |= SIGNS.contains(path);
    if (path.equals(WHOLE)) {
      whole += isString ? size(value) : 0;
      hasWhole |= isString || token == JsonToken.VALUE_NULL || token.isStructStart();
    } else if (path.startsWith(WHOLE + ".") || path.startsWith(WHOLE + "[")) {
      int size = isNumber || isString ? size(value) : 0;
      whole += value.startsWith("data:") ? Math.min(size, 1024) : size;
    }
  }

  private static long wholeNumber(String text) {
    try {
      return text.length() > JsonScanner.LONGEST_NUMBER
          ? Long.MIN_VALUE
          : new java.math.BigDecimal(text).longValueExact();
    } catch (ArithmeticException notWhole) {
      return Long.MIN_VALUE;
    }
  }

  private static int size(String text) {
    return text.codePoints()
        .map(point -> point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4)
        .sum();
  }
}
