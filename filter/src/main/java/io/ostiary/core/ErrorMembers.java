package io.ostiary.core;

import io.ostiary.core.Fields.Field;
import io.ostiary.core.Fields.Use;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The members of JSON errors that are looked at: those of a dialect's own, and those in which others say what is wrong. */
final class ErrorMembers {

  /**
   * OpenAI, Anthropic and vLLM; vLLM before 0.10, Spring, Jetty and DashScope; FastAPI and RFC 9457; FastAPI's list of what is
   * invalid; ModelArts; Triton and Text Generation Inference; RFC 9457 without a detail.
   */
  private static final List<String> MESSAGES =
      List.of("error.message", "message", "detail", "detail[].msg", "error_msg", "error", "title");

  private final Fields fields;
  private final int own;
  private final int[] messages;

  /** @param own the dotted paths of a dialect's own members */
  ErrorMembers(List<String> own) {
    Set<String> paths = new LinkedHashSet<>(own);
    this.own = paths.size();
    paths.addAll(MESSAGES);
    List<String> all = List.copyOf(new ArrayList<>(paths));
    this.fields =
        Fields.ofAnswers(all.stream().map(path -> new Field(Use.KEPT, List.of(path))).toList());
    this.messages = MESSAGES.stream().mapToInt(all::indexOf).toArray();
  }

  Fields fields() {
    return fields;
  }

  /** The fields that may have a message, the best first. */
  int[] messages() {
    return messages;
  }

  /** Whether a document has every member of the dialect's own errors, be it null. */
  boolean areAllIn(JsonScanner scanner) {
    for (int field = 0; field < own; field++) {
      if (scanner.kind(field) == JsonKind.ABSENT) {
        return false;
      }
    }
    return true;
  }
}
