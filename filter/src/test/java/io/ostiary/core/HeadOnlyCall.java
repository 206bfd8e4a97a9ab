package io.ostiary.core;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A call that consists of what tells whence it comes and where it goes. */
record HeadOnlyCall(
    String peer, String rawPath, @Nullable String resolvedPath, Map<String, List<String>> lines)
    implements Call {

  static HeadOnlyCall to(String rawPath) {
    return new HeadOnlyCall("192.0.2.1", rawPath, null, Map.of());
  }

  static HeadOnlyCall from(String peer) {
    return new HeadOnlyCall(peer, "/", null, Map.of());
  }

  HeadOnlyCall resolvedTo(String path) {
    return new HeadOnlyCall(peer, rawPath, path, lines);
  }

  HeadOnlyCall with(String name, String... values) {
    Map<String, List<String>> more = new TreeMap<>(lines);
    more.put(name.toLowerCase(Locale.ROOT), List.of(values));
    return new HeadOnlyCall(peer, rawPath, resolvedPath, more);
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public @Nullable String query() {
    return null;
  }

  @Override
  public @Nullable String header(String name) {
    Iterator<String> values = headers(name);
    return values.hasNext() ? values.next() : null;
  }

  @Override
  public Iterator<String> headers(String name) {
    return lines.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).iterator();
  }

  @Override
  public long declaredLength() {
    return -1;
  }
}
