package io.ostiary.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.InvalidPathException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Puts values in the place of {@code ${NAME}}, {@code ${NAME:-default}} and {@code ${file:path}}; once: what is put in is
 * not looked at again.
 */
final class Placeholders {

  private static final int LARGEST_FILE = 64 << 10;

  private final Map<String, String> environment;
  private final PolicySources sources;
  private final Set<String> used = new HashSet<>();

  Placeholders(Map<String, String> environment, PolicySources sources) {
    this.environment = environment;
    this.sources = sources;
  }

  /** @throws IllegalArgumentException saying what is wrong, without any value */
  String expand(String value) {
    int open = value.indexOf("${");
    if (open < 0) {
      return value;
    }
    StringBuilder expanded = new StringBuilder();
    int at = 0;
    while (open >= 0) {
      int close = value.indexOf('}', open);
      if (close < 0) {
        throw new IllegalArgumentException("a ${ is not closed by }");
      }
      expanded.append(value, at, open).append(valueOf(value.substring(open + 2, close)));
      at = close + 1;
      open = value.indexOf("${", at);
    }
    return expanded.append(value, at, value.length()).toString();
  }

  /** The variables that were asked for, whether they were there or not. */
  Set<String> used() {
    return used;
  }

  private String valueOf(String placeholder) {
    if (placeholder.startsWith("file:")) {
      return contentOf(placeholder.substring("file:".length()));
    }
    int dash = placeholder.indexOf(":-");
    String name = dash < 0 ? placeholder : placeholder.substring(0, dash);
    if (!isVariable(name)) {
      throw new IllegalArgumentException(
          "${NAME}, ${NAME:-default} or ${file:path} was expected, NAME of letters, digits and _");
    }
    used.add(name);
    String value = environment.get(name);
    if (dash >= 0) {
      return value == null || value.isEmpty() ? placeholder.substring(dash + 2) : value;
    }
    if (value == null) {
      throw new IllegalArgumentException(
          "the environment has no " + name + ", and no default is given");
    }
    return value;
  }

  private static boolean isVariable(String name) {
    return !name.isEmpty()
        && name.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
  }

  private String contentOf(String path) {
    try {
      byte[] content = sources.read(sources.resolve(path), LARGEST_FILE);
      return withoutNewline(UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the file " + path + " is not UTF-8", e);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("the file " + path + " " + PolicySources.trouble(e), e);
    }
  }

  private static String withoutNewline(String content) {
    if (content.endsWith("\r\n")) {
      return content.substring(0, content.length() - 2);
    }
    return content.endsWith("\n") ? content.substring(0, content.length() - 1) : content;
  }
}
