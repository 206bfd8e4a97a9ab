package io.ostiary.core;

import io.ostiary.core.JsonWalk.Token;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the first thing that the JSON of a call lacks by its {@link Shape}, or has in another form. */
final class ShapeCheck {

  private static final String MESSAGES = "messages";

  private final JsonWalk walk;
  private final List<String> roles;
  private @Nullable Reason refusal;
  private Facts facts = Facts.NONE;

  private ShapeCheck(InputStream content, List<String> roles) {
    this.walk = new JsonWalk(content);
    this.roles = roles;
  }

  /**
   * Checks a content of which it is known that it is JSON.
   *
   * @param roles that a message may have
   */
  static ShapeCheck of(Shape shape, InputStream content, List<String> roles) throws IOException {
    ShapeCheck check = new ShapeCheck(content, roles);
    switch (shape) {
      case NONE -> {}
      case CHAT -> check.chat();
      case GENERATION -> check.generation();
    }
    return check;
  }

  /** Why the call is refused, or {@code null}. */
  @Nullable Reason refusal() {
    return refusal;
  }

  Facts facts() {
    return facts;
  }

  private void chat() throws IOException {
    boolean found = false;
    boolean inObject = walk.next() == Token.OBJECT;
    while (inObject && refusal == null && walk.next() == Token.NAME) {
      boolean isMessages = walk.string().equals(MESSAGES);
      Token value = walk.next();
      if (isMessages) {
        found = true;
        messages(value, MESSAGES);
      } else {
        walk.skip(value);
      }
    }
    require(found, Reason.FIELD_MISSING, MESSAGES);
  }

  private void generation() throws IOException {
    boolean input = false;
    boolean parameters = false;
    boolean inObject = walk.next() == Token.OBJECT;
    while (inObject && refusal == null && walk.next() == Token.NAME) {
      String name = walk.string();
      Token value = walk.next();
      if (name.equals("input")) {
        input = input(value);
      } else {
        parameters |= name.equals("parameters") && value != Token.NULL;
        walk.skip(value);
      }
    }
    require(input, Reason.FIELD_MISSING, "input");
    require(parameters, Reason.PARAMETERS_MISSING, "parameters");
  }

  /** Whether there is something in it. */
  private boolean input(Token value) throws IOException {
    if (value != Token.OBJECT) {
      boolean empty = value == Token.NULL || (value == Token.STRING && walk.isEmpty());
      walk.skip(value);
      return !empty;
    }
    boolean found = false;
    while (refusal == null && walk.next() == Token.NAME) {
      found = true;
      boolean isMessages = walk.string().equals(MESSAGES);
      Token member = walk.next();
      if (isMessages) {
        messages(member, "input.messages");
      } else {
        walk.skip(member);
      }
    }
    return found;
  }

  private void messages(Token value, String field) throws IOException {
    if (value != Token.ARRAY) {
      boolean empty = value == Token.NULL || (value == Token.STRING && walk.isEmpty());
      require(!empty, Reason.FIELD_MISSING, field);
      require(false, field, "not an array");
      return;
    }
    int count = 0;
    Token element = walk.next();
    while (refusal == null && element != Token.END_ARRAY) {
      message(element, field + "[" + count++ + "]");
      element = refusal == null ? walk.next() : element;
    }
    require(count > 0, Reason.FIELD_MISSING, field);
  }

  private void message(Token value, String field) throws IOException {
    require(value == Token.OBJECT, field, "not an object");
    boolean found = false;
    while (refusal == null && walk.next() == Token.NAME) {
      boolean isRole = walk.string().equals("role");
      Token member = walk.next();
      if (isRole && member != Token.NULL) {
        found = true;
        role(member, field + ".role");
      } else {
        walk.skip(member);
      }
    }
    require(found, Reason.FIELD_MISSING, field + ".role");
  }

  private void role(Token value, String field) {
    require(value == Token.STRING, field, "not a string");
    require(!walk.isEmpty(), Reason.FIELD_MISSING, field);
    String role = walk.string();
    if (refusal == null && !roles.contains(role)) {
      refusal = Reason.FIELD_NOT_ONE_OF;
      facts =
          Facts.of(Slot.FIELD, field)
              .and(Slot.VALUE, role)
              .and(Slot.CHOICES, "['" + String.join("', '", roles) + "']");
    }
  }

  private void require(boolean holds, Reason reason, String field) {
    if (!holds && refusal == null) {
      refusal = reason;
      facts = Facts.of(Slot.FIELD, field);
    }
  }

  private void require(boolean holds, String field, String detail) {
    if (!holds && refusal == null) {
      refusal = Reason.FIELD_INVALID;
      facts = Facts.of(Slot.FIELD, field).and(Slot.DETAIL, detail);
    }
  }
}
