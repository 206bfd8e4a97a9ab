package io.ostiary.core;

import io.ostiary.core.Fields.Use;
import java.util.List;

/**
 * What is read of answers, and where it stands in all the shapes that are known, as the API references of their vendors have
 * them: OpenAI chat completions, completions, Responses and embeddings; Anthropic messages; DashScope native; rerank as Cohere,
 * Jina and vLLM have it; Ollama.
 */
enum UsageField {
  /** The tokens of the input. */
  INPUT(
      0,
      Use.COUNT,
      """
      usage.prompt_tokens
      usage.input_tokens
      message.usage.prompt_tokens
      message.usage.input_tokens
      response.usage.prompt_tokens
      response.usage.input_tokens
      meta.tokens.input_tokens
      meta.billed_units.input_tokens
      prompt_eval_count
      """),

  /** Input that was written to a cache, which Anthropic tells beside the other; input read from a cache costs nothing. */
  CACHED_INPUT(
      1,
      Use.COUNT,
      """
      usage.cache_creation_input_tokens
      message.usage.cache_creation_input_tokens
      response.usage.cache_creation_input_tokens
      """),

  /** The tokens of the output. */
  OUTPUT(
      2,
      Use.COUNT,
      """
      usage.completion_tokens
      usage.output_tokens
      message.usage.completion_tokens
      message.usage.output_tokens
      response.usage.completion_tokens
      response.usage.output_tokens
      meta.tokens.output_tokens
      meta.billed_units.output_tokens
      eval_count
      """),

  /** Both together; rerank and some embeddings tell nothing else. */
  TOTAL(
      3,
      Use.COUNT,
      """
      usage.total_tokens
      message.usage.total_tokens
      response.usage.total_tokens
      """),

  /** Generated text, of which each document shows a new piece. */
  TEXT(
      4,
      Use.TEXT,
      """
      choices[].delta.content
      choices[].delta.content[].text
      choices[].delta.reasoning_content
      choices[].delta.reasoning
      choices[].delta.refusal
      choices[].delta.tool_calls[].function.name
      choices[].delta.tool_calls[].function.arguments
      choices[].delta.tool_calls[].custom.name
      choices[].delta.tool_calls[].custom.input
      choices[].delta.audio.transcript
      choices[].delta.function_call.name
      choices[].delta.function_call.arguments
      choices[].message.content
      choices[].message.content[].text
      choices[].message.reasoning_content
      choices[].message.reasoning
      choices[].message.refusal
      choices[].message.tool_calls[].function.name
      choices[].message.tool_calls[].function.arguments
      choices[].message.tool_calls[].custom.name
      choices[].message.tool_calls[].custom.input
      choices[].message.audio.transcript
      choices[].message.function_call.name
      choices[].message.function_call.arguments
      choices[].text
      content[].text
      content[].thinking
      content[].input.*
      content_block.text
      content_block.thinking
      delta.text
      delta.thinking
      delta.partial_json
      output[].content[].text
      output[].content[].refusal
      output[].summary[].text
      output[].arguments
      output[].input
      message.content
      message.thinking
      message.tool_calls[].function.name
      message.tool_calls[].function.arguments.*
      response
      """),

  /** Text of the Responses API, if the event's type is that of a piece: the last events tell the same text once more. */
  TEXT_OF_DELTA(5, Use.TEXT, "delta"),

  /** The type of an event. */
  TYPE(6, Use.TYPE_OF_EVENT, "type"),

  /** All text so far, which DashScope's events tell again and again unless the request asked for increments. */
  TEXT_SO_FAR(
      7,
      Use.TEXT,
      """
      output.text
      output.choices[].message.content
      output.choices[].message.content[].text
      output.choices[].message.tool_calls[].function.name
      output.choices[].message.tool_calls[].function.arguments
      """),

  /** All reasoning so far, likewise. */
  REASONING_SO_FAR(8, Use.TEXT, "output.choices[].message.reasoning_content"),

  /** What only answers have that generate no text, or have not begun to. */
  NO_TEXT(
      9,
      Use.SIGN,
      """
      data[].embedding
      output.embeddings
      embeddings
      embedding
      results[].relevance_score
      output.results[].relevance_score
      response.output
      """);

  private final int number;
  private final Use use;
  private final List<String> paths;

  UsageField(int number, Use use, String paths) {
    this.number = number;
    this.use = use;
    this.paths = paths.lines().toList();
  }

  /** Its number among the {@link Fields} of {@link UsagePaths}, from 0 without a gap. */
  int number() {
    return number;
  }

  Use use() {
    return use;
  }

  /** The paths that lead to it in all shapes that are known. */
  List<String> paths() {
    return paths;
  }
}
