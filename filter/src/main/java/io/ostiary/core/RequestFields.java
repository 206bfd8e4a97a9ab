package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/** The fields of a JSON request that the guard reads: the model, as the route names it, and those that tell the output's cap. */
final class RequestFields {

  /** The caps that the vendors' APIs know: OpenAI chat, its successor, Responses, DashScope, Gemini. */
  private static final String[] CAPS = {
    "max_tokens",
    "max_completion_tokens",
    "max_output_tokens",
    "parameters.max_tokens",
    "generationConfig.maxOutputTokens"
  };

  private static final int CHOICES = CAPS.length;
  private static final int MODEL = CAPS.length + 1;
  private static final long LARGEST_CAP = Integer.MAX_VALUE;
  private static final long MOST_CHOICES = 1024;

  private final Fields fields;
  private final @Nullable String modelPath;

  private RequestFields(@Nullable String modelPath) {
    this.modelPath = modelPath;
    String[] paths = new String[CAPS.length + (modelPath == null ? 1 : 2)];
    System.arraycopy(CAPS, 0, paths, 0, CAPS.length);
    paths[CHOICES] = "n";
    if (modelPath != null) {
      paths[MODEL] = modelPath;
    }
    this.fields = Fields.of(paths);
  }

  static RequestFields of(ModelSource source) {
    return new RequestFields(source instanceof ModelSource.BodyField body ? body.field() : null);
  }

  JsonScanner scanner() {
    return new JsonScanner(fields);
  }

  /** The name of the field that should hold the model. */
  @Nullable String modelPath() {
    return modelPath;
  }

  /** What stands where the model should. */
  JsonScanner.Kind modelKind(JsonScanner body) {
    return body.kind(MODEL);
  }

  String model(JsonScanner body) {
    return body.string(MODEL);
  }

  /** The first field whose value makes no sense as a number of tokens or choices, or {@code null}. */
  @Nullable String nonsense(JsonScanner body) {
    for (int i = 0; i < CAPS.length; i++) {
      if (isNonsense(body, i, 0, LARGEST_CAP)) {
        return CAPS[i];
      }
    }
    return isNonsense(body, CHOICES, 1, MOST_CHOICES) ? "n" : null;
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
      if (body.kind(i) == JsonScanner.Kind.NUMBER) {
        cap = Math.max(cap, body.integer(i));
      }
    }
    return cap < 0 ? -1 : cap * choices(body);
  }

  /** How many answers are asked for. */
  long choices(JsonScanner body) {
    return body.kind(CHOICES) == JsonScanner.Kind.NUMBER ? body.integer(CHOICES) : 1;
  }
}
