package io.ostiary.agent;

import io.ostiary.core.Call;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Stands for a call of which nothing can be told, because what would have told it has failed, or the server could not read it. */
final class UnknownCall implements Call {

  private final String path;

  /**
   * One of which no more is said than this.
   *
   * @param path empty for bytes that no server could read as a request
   */
  UnknownCall(String path) {
    this.path = path;
  }

  @Override
  public String method() {
    return "";
  }

  @Override
  public String rawPath() {
    return path;
  }

  @Override
  public @Nullable String resolvedPath() {
    return null;
  }

  @Override
  public @Nullable String query() {
    return null;
  }

  @Override
  public String peer() {
    return "";
  }

  @Override
  public @Nullable String header(String name) {
    return null;
  }

  @Override
  public Iterator<String> headers(String name) {
    return Collections.emptyIterator();
  }

  @Override
  public long declaredLength() {
    return -1;
  }
}
