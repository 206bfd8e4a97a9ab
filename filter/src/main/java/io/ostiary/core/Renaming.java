package io.ostiary.core;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a call that names a custom endpoint or an alias is given to the app: with the model behind it, wherever the name stood. What
 * cannot be changed for every way in which an app may look is not changed at all, and the call is refused.
 */
final class Renaming {

  private final ModelSource source;
  private final Naming naming;
  private final String named;
  private final String model;
  private @Nullable HeadRewrite head;

  private Renaming(ModelSource source, Naming naming, String named, String model) {
    this.source = source;
    this.naming = naming;
    this.named = named;
    this.model = model;
  }

  /**
   * What has to be changed, or {@code null} if it cannot be: a model's name that is no header's value or no part of a path, a path
   * that the container has rewritten, or a connection about to stop speaking HTTP, whose request nobody may wrap.
   */
  static @Nullable Renaming of(
      ModelSource source, Naming naming, RequestPath path, String named, String model) {
    Renaming renaming = new Renaming(source, naming, named, model);
    return !naming.call().asksForUpgrade() && renaming.rewritesHead(path) ? renaming : null;
  }

  private boolean rewritesHead(RequestPath path) {
    Set<String> headers = new HashSet<>();
    Set<String> parameters = new HashSet<>();
    PathRewrite rewritten = null;
    for (int i = 0; i < source.count(); i++) {
      ModelSource place = source.get(i);
      String parameter = place.parameter();
      if (parameter != null) {
        parameters.add(parameter);
      } else if (place instanceof ModelSource.HeaderLine header) {
        headers.add(header.name().toLowerCase(Locale.ROOT));
      } else if (place instanceof ModelSource.PathSegment) {
        PathPattern pattern = naming.match().pattern();
        rewritten = pattern == null ? null : PathRewrite.of(path, pattern, model);
        if (rewritten == null) {
          return false;
        }
      }
    }
    headers.removeIf(name -> naming.call().header(name) == null);
    if (!headers.isEmpty() && !isVisible(model)) {
      return false;
    }
    HeadRewrite made = new HeadRewrite(named, model, headers, parameters, rewritten);
    String query = naming.call().query();
    boolean changes = query != null && !made.query(query).equals(query);
    head = changes || !headers.isEmpty() || rewritten != null ? made : null;
    return true;
  }

  private static boolean isVisible(String model) {
    return model.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /** What the app sees of the head, or {@code null} if the head does not name the model. */
  @Nullable HeadRewrite head() {
    return head;
  }

  /** Changes the body, where it names the model. */
  void change(BodyEdit body) {
    JsonScanner scanned = naming.scanned();
    Set<String> done = new HashSet<>();
    for (int i = 0; i < source.count(); i++) {
      ModelSource place = source.get(i);
      String parameter = place.parameter();
      SentForm form = naming.taken().form();
      if (place instanceof ModelSource.BodyField named) {
        if (scanned != null
            && naming.fields().modelKind(scanned, named.field()) == JsonKind.STRING) {
          body.putString(naming.fields().modelPlace(scanned, named.field()), model);
        }
      } else if (parameter != null && form != null && done.add(parameter)) {
        change(body, form, parameter);
      }
    }
  }

  private void change(BodyEdit body, SentForm form, String parameter) {
    if (form.field(parameter) instanceof SentForm.Field.One one) {
      body.put(one.from(), one.to(), form.written(model));
    }
  }
}
