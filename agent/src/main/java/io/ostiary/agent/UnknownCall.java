package io.ostiary.agent;

import io.ostiary.core.Call;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Stands for a call of which nothing can be told, because what would have told it has failed. */
final class UnknownCall implements Call {

  @Override
  public String method() {
    return "";
  }

  @Override
  public String rawPath() {
    return "/";
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
