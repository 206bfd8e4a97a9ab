package io.ostiary.core;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Jackson's strict parser says of a document, and what the scanner therefore has to say. The JDK's decoder judges the
 * UTF-8, since Jackson lets overlong forms pass. The scanner is stricter than Jackson in this only, and only if strict: half a
 * surrogate pair, a guarded name twice or in another case, and a guarded string of more than 512 bytes.
 */
final class JsonOracle {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonScanner.DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final Fields fields;
  private final Map<String, JsonKind> kinds = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>();
  private final Set<String> onPaths = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private boolean valid;
  private boolean doubtful;
  private long textBytes;

  private JsonOracle(Fields fields) {
    this.fields = fields;
    for (int i = 0; i < fields.size(); i++) {
      String path = fields.path(i);
      for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
        onPaths.add(path.substring(0, dot));
      }
      onPaths.add(path);
    }
  }

  static JsonOracle read(Fields fields, byte[] document) {
    JsonOracle oracle = new JsonOracle(fields);
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
      oracle.document(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException notUtf8) {
      oracle.valid = false;
    } catch (IOException notJson) {
      oracle.valid = false;
    }
    return oracle;
  }

  /**
   * Jackson is given bytes, since its parser of characters takes U+0533 for the digit 3 in an escape; but it would take zero
   * bytes for UTF-16, and a second byte order mark for the first.
   */
  private void document(String text) throws IOException {
    if (text.indexOf('\0') >= 0 || text.startsWith("\uFEFF")) {
      return;
    }
    try (JsonParser parser = FACTORY.createParser(text.getBytes(StandardCharsets.UTF_8))) {
      if (parser.nextToken() != null) {
        value(parser, "");
        valid = parser.nextToken() == null;
      }
    }
  }

  /** @param path where the value stands on the paths, or {@code null} if it does not */
  private void value(JsonParser parser, @Nullable String path) throws IOException {
    JsonToken token = parser.currentToken();
    if (path != null) {
      kinds.put(path, kind(token));
    }
    switch (token) {
      case START_OBJECT -> object(parser, path);
      case START_ARRAY -> {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          value(parser, null);
        }
      }
      case VALUE_STRING -> string(parser.getText(), path);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        textBytes += parser.getText().length();
        keep(path, parser.getText());
      }
      default -> keep(path, token.asString());
    }
  }

  private void object(JsonParser parser, @Nullable String path) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      doubtful |= !isWellFormed(name);
      String full = path == null ? null : path.isEmpty() ? name : path + "." + name;
      if (full == null || name.indexOf('.') >= 0) {
        full = null;
      } else if (!onPaths.contains(full)) {
        doubtful |= looksLikeOne(full);
        full = null;
      }
      if (full != null) {
        doubtful |= !seen.add(full);
      }
      parser.nextToken();
      value(parser, full);
    }
  }

  private boolean looksLikeOne(String full) {
    return onPaths.stream()
        .anyMatch(
            path ->
                path.equalsIgnoreCase(full)
                    && path.lastIndexOf('.') == full.lastIndexOf('.')
                    && path.regionMatches(0, full, 0, path.lastIndexOf('.') + 1));
  }

  private void string(String text, @Nullable String path) {
    int bytes = wellFormed(text).getBytes(StandardCharsets.UTF_8).length;
    boolean guarded = path != null && fieldNumber(path) >= 0;
    if (!guarded || String.valueOf(path).indexOf('.') >= 0) {
      textBytes += text.startsWith("data:") ? Math.min(bytes, 1024) : bytes;
    }
    doubtful |= !isWellFormed(text) || (guarded && bytes > JsonScanner.LONGEST_STRING);
    keep(path, wellFormed(text));
  }

  private int fieldNumber(String path) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.path(i).equals(path)) {
        return i;
      }
    }
    return -1;
  }

  private void keep(@Nullable String path, String text) {
    if (path != null) {
      texts.put(path, text);
    }
  }

  private static JsonKind kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> JsonKind.OBJECT;
      case START_ARRAY -> JsonKind.ARRAY;
      case VALUE_STRING -> JsonKind.STRING;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonKind.NUMBER;
      case VALUE_TRUE, VALUE_FALSE -> JsonKind.BOOLEAN;
      case VALUE_NULL -> JsonKind.NULL;
      default -> throw new IllegalStateException(token.name());
    };
  }

  private static boolean isWellFormed(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static String wellFormed(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .map(point -> point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /** Whether the document is JSON. */
  boolean isValid() {
    return valid;
  }

  /** Whether the document could be read in two ways, so that a strict scanner has to refuse it though it is JSON. */
  boolean isDoubtful() {
    return doubtful;
  }

  JsonKind kind(int field) {
    return kinds.getOrDefault(fields.path(field), JsonKind.ABSENT);
  }

  String string(int field) {
    return texts.getOrDefault(fields.path(field), "");
  }

  boolean bool(int field) {
    return kind(field) == JsonKind.BOOLEAN && string(field).equals("true");
  }

  long integer(int field) {
    if (kind(field) != JsonKind.NUMBER || string(field).length() > JsonScanner.LONGEST_NUMBER) {
      return Long.MIN_VALUE;
    }
    try {
      return new BigDecimal(string(field)).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return Long.MIN_VALUE;
    }
  }

  long textBytes() {
    return textBytes;
  }
}
