package io.ostiary.core;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the app sees in a request's head in place of what the client sent, where the head names a custom endpoint or an alias: the
 * model behind it. Immutable.
 */
public final class HeadRewrite {

  private final String named;
  private final String model;
  private final Set<String> headers;
  private final Set<String> parameters;
  private final @Nullable PathRewrite path;

  /**
   * @param named what the client has in the model's place
   * @param headers the names of the headers that say it, in lower case
   * @param parameters the names of the parameters that may say it
   */
  HeadRewrite(
      String named,
      String model,
      Set<String> headers,
      Set<String> parameters,
      @Nullable PathRewrite path) {
    this.named = named;
    this.model = model;
    this.headers = Set.copyOf(headers);
    this.parameters = Set.copyOf(parameters);
    this.path = path;
  }

  /** What a header says in place of what the client sent, or {@code null} if it stays. */
  public @Nullable String header(@Nullable String name) {
    return name != null && !headers.isEmpty() && headers.contains(name.toLowerCase(Locale.ROOT))
        ? model
        : null;
  }

  /** What a parameter's value becomes. */
  public String parameter(@Nullable String name, String value) {
    return name != null && value.equals(named) && parameters.contains(name) ? model : value;
  }

  /** What a query becomes, without its question mark: the client's, or one that a forward has made of it. */
  public String query(String query) {
    String changed = query;
    for (String parameter : parameters) {
      changed = QueryString.with(changed, parameter, named, model);
    }
    return changed;
  }

  /** What becomes of the path, or {@code null} if it stays. */
  public @Nullable PathRewrite path() {
    return path;
  }
}
