package io.ostiary.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON request that the guard reads: the model, as the route names it, and those that tell the output's cap. */
final class RequestFields {

  /** The caps that the vendors' APIs know: OpenAI chat, its successor, Responses, DashScope, Gemini. */
  private static final String[] CAPS = {
    "max_tokens",
    "max_completion_tokens",
    "max_output_tokens",
    "maxOutputTokens",
    "parameters.max_tokens",
    "generationConfig.maxOutputTokens"
  };

  /** How many answers are generated: OpenAI, its older completions, DashScope, Gemini. */
  private static final String[] CHOICES = {
    "n", "best_of", "parameters.n", "generationConfig.candidateCount"
  };

  private static final int INCREMENTAL = CAPS.length + CHOICES.length;
  private static final int MODEL = INCREMENTAL + 1;
  private static final long LARGEST_CAP = Integer.MAX_VALUE;
  private static final long MOST_CHOICES = 1024;

  private final Fields fields;
  private final List<String> modelPaths;

  private RequestFields(List<String> modelPaths) {
    this.modelPaths = modelPaths;
    String[] paths = new String[MODEL + modelPaths.size()];
    System.arraycopy(CAPS, 0, paths, 0, CAPS.length);
    System.arraycopy(CHOICES, 0, paths, CAPS.length, CHOICES.length);
    paths[INCREMENTAL] = "parameters.incremental_output";
    for (int i = 0; i < modelPaths.size(); i++) {
      paths[MODEL + i] = modelPaths.get(i);
    }
    this.fields = Fields.of(paths);
  }

  static RequestFields of(ModelSource source) {
    List<String> modelPaths = new ArrayList<>();
    for (int i = 0; i < source.count(); i++) {
      if (source.get(i) instanceof ModelSource.BodyField body) {
        modelPaths.add(body.field());
      }
    }
    return new RequestFields(List.copyOf(modelPaths));
  }

  /** The names of caps that stand at the top of a request. */
  static List<String> topLevelCaps() {
    return Arrays.stream(CAPS).filter(cap -> cap.indexOf('.') < 0).toList();
  }

  /** Whether none of the caps is mentioned at all, not even as {@code null}. */
  boolean hasNoCap(JsonScanner body) {
    for (int i = 0; i < CAPS.length; i++) {
      if (body.kind(i) != JsonKind.ABSENT) {
        return false;
      }
    }
    return true;
  }

  JsonScanner scanner() {
    return new JsonScanner(fields);
  }

  /** The number of a field in which the model may be. */
  private int model(String path) {
    return MODEL + modelPaths.indexOf(path);
  }

  /** What stands where the model should. */
  JsonKind modelKind(JsonScanner body, String path) {
    return body.kind(model(path));
  }

  String model(JsonScanner body, String path) {
    return body.string(model(path));
  }

  /** Where the model's name begins, in bytes from the first. */
  long modelPlace(JsonScanner body, String path) {
    return body.place(model(path));
  }

  /** The first field whose value makes no sense as a number of tokens or choices, and what was expected; or {@code null}. */
  @Nullable Facts nonsense(JsonScanner body) {
    for (int i = 0; i < CAPS.length; i++) {
      if (isNonsense(body, i, 0, LARGEST_CAP)) {
        return outside(CAPS[i], 0, LARGEST_CAP);
      }
    }
    for (int i = 0; i < CHOICES.length; i++) {
      if (isNonsense(body, CAPS.length + i, 1, MOST_CHOICES)) {
        return outside(CHOICES[i], 1, MOST_CHOICES);
      }
    }
    return null;
  }

  private static Facts outside(String field, long least, long most) {
    return Facts.of(Slot.FIELD, field)
        .and(Slot.DETAIL, "a whole number from " + least + " to " + most + " was expected");
  }

  private static boolean isNonsense(JsonScanner body, int field, long least, long most) {
    return switch (body.kind(field)) {
      case ABSENT, NULL -> false;
      case NUMBER -> body.integer(field) < least || body.integer(field) > most;
      case STRING, BOOLEAN, OBJECT, ARRAY -> true;
    };
  }

  /** The tokens that the answer may have at most, over all its choices, or −1 when the request names no maximum. */
  long outputCap(JsonScanner body) {
    long cap = -1;
    for (int i = 0; i < CAPS.length; i++) {
      if (body.kind(i) == JsonKind.NUMBER) {
        cap = Math.max(cap, body.integer(i));
      }
    }
    return cap < 0 ? -1 : cap * choices(body);
  }

  /** How many answers are generated, be they all sent or not. */
  long choices(JsonScanner body) {
    long most = 1;
    for (int i = CAPS.length; i < CAPS.length + CHOICES.length; i++) {
      if (body.kind(i) == JsonKind.NUMBER) {
        most = Math.max(most, body.integer(i));
      }
    }
    return most;
  }

  /** Whether a stream of DashScope's gives its text in pieces, and does not repeat it whole in each event. */
  boolean isIncremental(JsonScanner body) {
    return body.bool(INCREMENTAL);
  }
}
