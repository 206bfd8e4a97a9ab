package io.ostiary.bench;

import io.ostiary.core.Call;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The head of a {@link Chat}, as a shell shows it. */
record ChatCall(String path, long declaredLength) implements Call {

  private static final List<String> AUTHORIZATION = List.of("Bearer " + Chat.SECRET);
  private static final List<String> TYPE = List.of("application/json");

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public String rawPath() {
    return path;
  }

  @Override
  public String resolvedPath() {
    return path;
  }

  @Override
  public @Nullable String query() {
    return null;
  }

  @Override
  public String peer() {
    return "127.0.0.1";
  }

  @Override
  public @Nullable String header(String name) {
    Iterator<String> lines = headers(name);
    return lines.hasNext() ? lines.next() : null;
  }

  @Override
  public Iterator<String> headers(String name) {
    return switch (name) {
      case "Authorization" -> AUTHORIZATION.iterator();
      case "Content-Type" -> TYPE.iterator();
      default -> Collections.emptyIterator();
    };
  }
}
