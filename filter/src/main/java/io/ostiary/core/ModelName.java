package io.ostiary.core;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The model as a call names it, or why it names none that makes sense.
 *
 * @param isAbsent whether nothing at all stands where it was looked for
 */
record ModelName(@Nullable String text, @Nullable Reason refusal, Facts facts, boolean isAbsent) {

  private static final int LONGEST = 256;
  private static final ModelName NONE = new ModelName(null, null, Facts.NONE, true);

  /** Reads the name from where the route has it; where it has several places, those that name a model must agree. */
  static ModelName of(ModelSource source, Naming naming) {
    if (source.count() == 1) {
      return at(source, naming);
    }
    ModelName found = null;
    ModelName missing = NONE;
    for (int i = source.count() - 1; i >= 0; i--) {
      ModelName next = at(source.get(i), naming);
      if (next.isAbsent) {
        missing = next;
      } else if (next.text == null) {
        return next;
      } else if (found != null && !next.text.equals(found.text)) {
        return invalid(field(source.get(i + 1)), "another model than elsewhere in the request");
      } else {
        found = next;
      }
    }
    return found != null ? found : missing;
  }

  /** What one place says. */
  static ModelName at(ModelSource source, Naming naming) {
    if (source instanceof ModelSource.BodyField named) {
      return ofBody(named.field(), naming);
    }
    if (source instanceof ModelSource.PathSegment) {
      return checked("model", naming.match().model());
    }
    if (source instanceof ModelSource.HeaderLine header) {
      return ofHeader(header.name(), naming.call().headers(header.name()));
    }
    if (source instanceof ModelSource.QueryParameter parameter) {
      return ofParameter(parameter.name(), naming, false);
    }
    if (source instanceof ModelSource.FormField form) {
      return ofParameter(form.name(), naming, true);
    }
    return NONE;
  }

  /** What messages call the place. */
  private static String field(ModelSource source) {
    if (source instanceof ModelSource.BodyField body) {
      return body.field();
    }
    if (source instanceof ModelSource.HeaderLine header) {
      return header.name();
    }
    String parameter = source.parameter();
    return parameter == null ? "model" : parameter;
  }

  private static ModelName ofBody(String field, Naming naming) {
    JsonScanner body = naming.scanned();
    if (body == null) {
      return absent(field);
    }
    return switch (naming.fields().modelKind(body, field)) {
      case STRING -> checked(field, naming.fields().model(body, field));
      case ABSENT, NULL -> absent(field);
      case NUMBER, BOOLEAN, OBJECT, ARRAY -> invalid(field, "not a string");
    };
  }

  private static ModelName ofHeader(String name, Iterator<String> lines) {
    String line = lines.hasNext() ? lines.next() : null;
    return lines.hasNext() ? invalid(name, "given more than once") : checked(name, line);
  }

  /** A servlet makes one list of parameters of the query and of a form, so that neither may say what the other does not. */
  private static ModelName ofParameter(String name, Naming naming, boolean inForm) {
    QueryString.Parameter queried = naming.queried(name);
    SentForm.Field sent = naming.sent(name);
    if (queried == QueryString.Parameter.Unclear.AMBIGUOUS) {
      return invalid(name, "given more than once, or badly encoded");
    }
    if (sent instanceof SentForm.Field.Unclear unclear) {
      return invalid(name, unclear.why());
    }
    String inQuery = queried instanceof QueryString.Parameter.One one ? one.value() : null;
    String inBody = sent instanceof SentForm.Field.One one ? one.value() : null;
    String wanted = inForm ? inBody : inQuery;
    String other = inForm ? inQuery : inBody;
    return other != null && !other.equals(wanted)
        ? invalid(name, "another in the query than in the form")
        : checked(name, wanted);
  }

  private static ModelName absent(String field) {
    return new ModelName(null, Reason.MODEL_MISSING, Facts.of(Slot.FIELD, field), true);
  }

  private static ModelName checked(String field, @Nullable String name) {
    if (name == null) {
      return absent(field);
    }
    if (name.isBlank()) {
      return new ModelName(null, Reason.MODEL_MISSING, Facts.of(Slot.FIELD, field), false);
    }
    if (name.length() > LONGEST) {
      return invalid(field, "too long");
    }
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i))) {
        return invalid(field, "with a control character");
      }
    }
    return new ModelName(name, null, Facts.NONE, false);
  }

  private static ModelName invalid(String field, String detail) {
    return new ModelName(
        null, Reason.FIELD_INVALID, Facts.of(Slot.FIELD, field).and(Slot.DETAIL, detail), false);
  }
}
