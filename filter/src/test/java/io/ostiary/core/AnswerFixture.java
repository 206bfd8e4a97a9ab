package io.ostiary.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One real-looking answer of {@code answers/}, with what it tells of tokens (−1 for nothing) and the text that it shows. */
record AnswerFixture(
    String file,
    long input,
    long output,
    long total,
    String text,
    String textUnreported,
    UsagePaths paths,
    boolean incremental) {

  private static final UsagePaths CUSTOM =
      UsagePaths.of("meter.in", "meter.out", null, "result[].parts[].said");

  static List<AnswerFixture> all() {
    return List.of(
        told("openai-chat.json", 19, 10, 29, "Hello! How can I assist you today?"),
        told(
            "openai-chat-tools.json",
            82,
            17,
            99,
            "get_current_weather{\n\"location\": \"Boston, MA\"\n}get_time{}"),
        told("openai-chat.sse", 21, 12, 33, "门房 says \"hello\" 🙂，再见"),
        untold("openai-chat-without-usage.sse", "One two three."),
        untold(
            "openai-chat-reasoning-tools.sse",
            "The user wants the weather.get_weather{\"city\":\"上海\"}"),
        told("openai-completions.sse", 5, 7, 12, "This is a test."),
        told(
            "openai-responses.json",
            36,
            87,
            123,
            "In a peaceful grove, a unicorn slept.{\"who\":\"unicorn\"}"),
        told(
            "openai-responses.sse",
            36,
            87,
            123,
            "In a peaceful grove, a unicorn slept.{\"who\":\"unicorn\"}"),
        told("openai-embeddings.json", 8, -1, 8, ""),
        told(
            "anthropic.json",
            348,
            89,
            -1,
            "Look it up.我来查天气。" + "San Francisco, CA" + "1" + "2" + "celsius"),
        told(
            "anthropic.sse",
            500,
            89,
            -1,
            "Okay, let's check the weather for 旧金山:{\"location\": \"San Francisco, CA\"}"),
        told("dashscope-cumulative.sse", 22, 4, 26, "我是通义千问。"),
        told("dashscope-incremental.sse", 22, 4, 26, "我是通义千问。").ofIncrements(),
        untold("dashscope-cumulative-without-usage.sse", "我是通义千问。"),
        told("dashscope-multimodal.json", 1277, 6, -1, "这是一只猫。"),
        told("dashscope-compatible.sse", 22, 4, 26, "我是通义千问。"),
        told("dashscope-embeddings.json", -1, -1, 12, ""),
        told("dashscope-rerank.json", -1, -1, 79, ""),
        told("rerank.json", -1, -1, 56, ""),
        told("cohere-rerank.json", 164, 0, -1, ""),
        told("vllm-continuous-usage.sse", 31, 5, 36, "A doorkeeper."),
        told("ollama.ndjson", 26, 282, -1, "The 天空"),
        told("custom.json", 3, 5, -1, "one二").at(CUSTOM),
        told("custom.sse", 3, 5, -1, "one二三").at(CUSTOM));
  }

  private static AnswerFixture told(String file, long input, long output, long total, String text) {
    return new AnswerFixture(file, input, output, total, text, "", UsagePaths.PRESET, false);
  }

  private static AnswerFixture untold(String file, String text) {
    return new AnswerFixture(file, -1, -1, -1, text, text, UsagePaths.PRESET, false);
  }

  private AnswerFixture ofIncrements() {
    return new AnswerFixture(file, input, output, total, text, textUnreported, paths, true);
  }

  private AnswerFixture at(UsagePaths otherPaths) {
    return new AnswerFixture(
        file, input, output, total, text, textUnreported, otherPaths, incremental);
  }

  AnswerUsage usage() {
    AnswerUsage usage = new AnswerUsage(paths, incremental, null);
    usage.head(200, contentType(), null);
    return usage;
  }

  @Nullable String contentType() {
    String kind = file.substring(file.indexOf('.') + 1);
    return switch (kind) {
      case "json" -> "application/json";
      case "sse" -> "text/event-stream;charset=UTF-8";
      case "ndjson" -> "application/x-ndjson";
      default -> throw new IllegalStateException(kind);
    };
  }

  /** The answer with each end of line that its kind allows. */
  List<byte[]> inAllLineEnds() {
    String lines = read();
    List<byte[]> all = new ArrayList<>();
    all.add(lines.getBytes(UTF_8));
    all.add(lines.replace("\n", "\r\n").getBytes(UTF_8));
    if (!file.endsWith(".ndjson")) {
      all.add(lines.replace("\n", "\r").getBytes(UTF_8));
    }
    return all;
  }

  byte[] bytes() {
    return read().getBytes(UTF_8);
  }

  private String read() {
    try (InputStream in = AnswerFixture.class.getResourceAsStream("answers/" + file)) {
      if (in == null) {
        throw new IllegalStateException("there is no fixture " + file);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is expected, in the form of {@link #counts}. */
  String expected() {
    return line(input, output, total, size(text), size(textUnreported));
  }

  static String counts(AnswerUsage usage) {
    return line(
        usage.inputReported(),
        usage.outputReported(),
        usage.totalReported(),
        usage.textBytes(),
        usage.textUnreported());
  }

  private static String line(long input, long output, long total, long text, long unreported) {
    return "input %d, output %d, total %d, text %d, unreported %d"
        .formatted(input, output, total, text, unreported);
  }

  private static long size(String text) {
    return text.getBytes(UTF_8).length;
  }

  /** Gives a piece in an array of its own, between bytes that must not be looked at. */
  static int give(AnswerUsage usage, byte[] answer, int from, int to) {
    byte[] piece = new byte[to - from + 4];
    Arrays.fill(piece, (byte) '\n');
    System.arraycopy(answer, from, piece, 2, to - from);
    return usage.bytes(piece, 2, to - from);
  }

  @Override
  public String toString() {
    return file;
  }
}
