package io.ostiary.core;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The model as a call names it, or why it names none that makes sense. */
record ModelName(@Nullable String text, @Nullable Reason refusal, Facts facts) {

  private static final int LONGEST = 256;
  private static final ModelName NONE = new ModelName(null, null, Facts.NONE);

  /**
   * Reads the name from where the route has it.
   *
   * @param inPath what stands in the path where the route's pattern says {@code {model}}
   * @param body the JSON body, if one was scanned
   */
  static ModelName of(
      ModelSource source,
      Call call,
      @Nullable String inPath,
      RequestFields fields,
      @Nullable JsonScanner body) {
    if (source instanceof ModelSource.BodyField named) {
      return ofBody(named.field(), fields, body);
    }
    if (source instanceof ModelSource.PathSegment) {
      return checked("model", inPath);
    }
    if (source instanceof ModelSource.HeaderLine header) {
      return ofHeader(header.name(), call.headers(header.name()));
    }
    if (source instanceof ModelSource.QueryParameter parameter) {
      return ofQuery(parameter.name(), QueryString.parameter(call.query(), parameter.name()));
    }
    return NONE;
  }

  private static ModelName ofBody(String field, RequestFields fields, @Nullable JsonScanner body) {
    if (body == null) {
      return checked(field, null);
    }
    return switch (fields.modelKind(body)) {
      case STRING -> checked(field, fields.model(body));
      case ABSENT, NULL -> checked(field, null);
      case NUMBER, BOOLEAN, OBJECT, ARRAY -> invalid(field, "not a string");
    };
  }

  private static ModelName ofHeader(String name, Iterator<String> lines) {
    String line = lines.hasNext() ? lines.next() : null;
    return lines.hasNext() ? invalid(name, "given more than once") : checked(name, line);
  }

  private static ModelName ofQuery(String name, QueryString.Parameter parameter) {
    if (parameter == QueryString.Parameter.Unclear.AMBIGUOUS) {
      return invalid(name, "given more than once, or badly encoded");
    }
    return checked(name, parameter instanceof QueryString.Parameter.One one ? one.value() : null);
  }

  private static ModelName checked(String field, @Nullable String name) {
    if (name == null || name.isBlank()) {
      return new ModelName(null, Reason.MODEL_MISSING, Facts.of(Slot.FIELD, field));
    }
    if (name.length() > LONGEST) {
      return invalid(field, "too long");
    }
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i))) {
        return invalid(field, "with a control character");
      }
    }
    return new ModelName(name, null, Facts.NONE);
  }

  private static ModelName invalid(String field, String detail) {
    return new ModelName(
        null, Reason.FIELD_INVALID, Facts.of(Slot.FIELD, field).and(Slot.DETAIL, detail));
  }
}
