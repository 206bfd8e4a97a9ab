package io.ostiary.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The members of an envelope's JSON that have values of their own, by their dotted paths. */
final class EnvelopeMembers {

  private final Deque<String> holders = new ArrayDeque<>();
  private final List<String> paths = new ArrayList<>();
  private String name = "";

  private EnvelopeMembers() {}

  /** All but the request's id, in their order. The envelope is known to be JSON when it is filled. */
  static List<String> of(Template envelope) {
    EnvelopeMembers members = new EnvelopeMembers();
    for (Template.Piece piece : envelope.pieces()) {
      if (piece instanceof Template.Literal literal) {
        members.read(literal.text());
      } else if (piece instanceof Template.Place place
          && place.name().equals(DialectSettings.REQUEST_ID)) {
        members.paths.remove(members.path());
      }
    }
    return List.copyOf(members.paths);
  }

  private void read(String json) {
    int at = 0;
    while (at < json.length()) {
      char c = json.charAt(at++);
      if (c == '{') {
        paths.remove(path());
        holders.addLast(name);
      } else if (c == '}') {
        name = holders.removeLast();
      } else if (c == '"') {
        int end = closingQuote(json, at);
        if (json.startsWith(":", end + 1)) {
          name = JsonText.unescape(json.substring(at, end));
          paths.add(path());
        }
        at = end + 1;
      }
    }
  }

  private static int closingQuote(String json, int from) {
    int at = from;
    while (json.charAt(at) != '"') {
      at += json.charAt(at) == '\\' ? 2 : 1;
    }
    return at;
  }

  /** The outermost holder has no name. */
  private String path() {
    List<String> names = new ArrayList<>(holders);
    names.add(name);
    return String.join(".", names.subList(Math.min(1, names.size()), names.size()));
  }
}
