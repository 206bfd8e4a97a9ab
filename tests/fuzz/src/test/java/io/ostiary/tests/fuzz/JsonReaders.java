package io.ostiary.tests.fuzz;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONObject;
import org.json.JSONTokener;

/**
 * What the usual parsers, in their usual settings and in the most lenient ones, take for the model of a JSON body: of Jackson
 * {@code ObjectMapper} and its streaming parser, Gson and {@code org.json}.
 */
final class JsonReaders {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final ObjectMapper LENIENT = lenient();
  private static final Gson GSON = new Gson();
  private static final Gson STRICT_GSON =
      new GsonBuilder().setStrictness(Strictness.STRICT).create();

  private JsonReaders() {}

  private static ObjectMapper lenient() {
    JsonMapper.Builder builder =
        JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    for (JsonReadFeature feature : JsonReadFeature.values()) {
      builder.enable(feature);
    }
    return builder.build();
  }

  /** What each parser sees in the bytes of a body. */
  static List<Sighting> ofBytes(byte[] body) {
    List<Sighting> seen = new ArrayList<>();
    seen.add(Sighting.of("jackson-tree", () -> text(MAPPER.readTree(body))));
    seen.add(Sighting.of("jackson-bean", () -> MAPPER.readValue(body, Named.class).model));
    seen.add(Sighting.of("jackson-first", () -> streamed(MAPPER.createParser(body), true)));
    seen.add(Sighting.of("jackson-last", () -> streamed(MAPPER.createParser(body), false)));
    seen.add(Sighting.of("lenient-tree", () -> text(LENIENT.readTree(body))));
    seen.add(Sighting.of("lenient-first", () -> streamed(LENIENT.createParser(body), true)));
    seen.addAll(ofText(new String(body, StandardCharsets.UTF_8)));
    return seen;
  }

  /** What each parser sees in a body that somebody else has decoded. */
  static List<Sighting> ofText(String body) {
    List<Sighting> seen = new ArrayList<>();
    seen.add(Sighting.of("jackson-text", () -> text(MAPPER.readTree(body))));
    seen.add(Sighting.of("lenient-text", () -> text(LENIENT.readTree(body))));
    seen.add(Sighting.of("gson-tree", () -> text(GSON.fromJson(body, JsonElement.class))));
    seen.add(Sighting.of("gson-bean", () -> bound(GSON, body)));
    seen.add(Sighting.of("gson-strict", () -> bound(STRICT_GSON, body)));
    seen.add(Sighting.of("gson-first", () -> firstOfGson(body)));
    seen.add(Sighting.of("org.json", () -> text(new JSONObject(body))));
    seen.add(Sighting.of("org.json-tokener", () -> text(new JSONObject(new JSONTokener(body)))));
    return seen;
  }

  private static String text(JsonNode document) {
    JsonNode model = document == null ? null : document.get("model");
    if (model == null || model.isNull()) {
      return null;
    }
    return model.isTextual() ? model.textValue() : model.toString();
  }

  private static Object text(JSONObject document) {
    return document.isNull("model") ? null : document.get("model");
  }

  private static String text(JsonElement document) {
    if (document == null || !document.isJsonObject()) {
      return null;
    }
    JsonElement model = document.getAsJsonObject().get("model");
    if (model == null || model.isJsonNull()) {
      return null;
    }
    return model.isJsonPrimitive() ? model.getAsString() : model.toString();
  }

  private static String bound(Gson gson, String body) {
    Named named = gson.fromJson(body, Named.class);
    return named == null ? null : named.model;
  }

  /** An app that stops where it has found what it wants never hears of errors behind it; one that goes on takes the last. */
  private static String streamed(JsonParser parser, boolean first) throws IOException {
    String found = null;
    try (parser) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth == 1 && token == JsonToken.FIELD_NAME && parser.currentName().equals("model")) {
          JsonToken value = parser.nextToken();
          depth += value.isStructStart() ? 1 : 0;
          found = value == JsonToken.VALUE_NULL ? null : parser.getText();
          if (first && found != null) {
            return found;
          }
        }
      }
    }
    return found;
  }

  private static String firstOfGson(String body) throws IOException {
    JsonReader reader = new JsonReader(new StringReader(body));
    reader.setStrictness(Strictness.LENIENT);
    reader.beginObject();
    while (reader.hasNext()) {
      if (reader.nextName().equals("model")) {
        return reader.nextString();
      }
      reader.skipValue();
    }
    return null;
  }
}
