package example.chat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The models that this server has, by name: one corpus, read with a longer or a shorter memory. */
final class Models {

  private final Tokenizer tokenizer;
  private final Map<String, LanguageModel> byName = new LinkedHashMap<>();

  private Models(List<String> texts) {
    tokenizer = Tokenizer.learn(texts);
    byName.put("qwen-max", new LanguageModel(tokenizer, texts, 5));
    byName.put("deepseek-v3", new LanguageModel(tokenizer, texts, 4));
    byName.put("qwen2.5-7b", new LanguageModel(tokenizer, texts, 3));
  }

  /** Trains the models on the texts that come with the server. */
  static Models load() {
    return new Models(Stream.of("zh.txt", "en.txt").flatMap(Models::paragraphs).toList());
  }

  private static Stream<String> paragraphs(String resource) {
    try (InputStream in = Models.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no such text: " + resource);
      }
      return Stream.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().split("\n\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tokenizer that all of them share. */
  Tokenizer tokenizer() {
    return tokenizer;
  }

  Iterable<String> names() {
    return byName.keySet();
  }

  /** The model of that name, or {@code null}. */
  @Nullable LanguageModel find(String name) {
    return byName.get(name);
  }
}
