package io.ostiary.tests.sdk;

import java.util.List;

/** The JSON of one vendor's answers, whole and as the events of a stream. Texts go in as they are, without escapes. */
enum Shape {
  OPENAI(
      """
      {"id":"c-1","object":"chat.completion","created":1763683200,"model":"qwen-max","choices":[{"index":0,\
      "message":{"role":"assistant","content":"<text>","refusal":null},"logprobs":null,"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":9,"completion_tokens":12,"total_tokens":21}}""",
      List.of(
          """
          data: {"id":"c-1","object":"chat.completion.chunk","created":1763683200,"model":"qwen-max","choices":[{"index":0,\
          "delta":{"role":"assistant","content":""},"finish_reason":null}]}

          """),
      """
      data: {"id":"c-1","object":"chat.completion.chunk","created":1763683200,"model":"qwen-max","choices":[{"index":0,\
      "delta":{"content":"<text>"},"finish_reason":null}]}

      """,
      List.of(
          """
          data: {"id":"c-1","object":"chat.completion.chunk","created":1763683200,"model":"qwen-max","choices":[{"index":0,\
          "delta":{},"finish_reason":"stop"}]}

          """,
          "data: [DONE]\n\n")),

  ANTHROPIC(
      """
      {"id":"m-1","type":"message","role":"assistant","model":"qwen-max","content":[{"type":"text","text":"<text>"}],\
      "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":12}}""",
      List.of(
          """
          event: message_start
          data: {"type":"message_start","message":{"id":"m-1","type":"message","role":"assistant","model":"qwen-max",\
          "content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":1}}}

          """,
          """
          event: content_block_start
          data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

          """),
      """
      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"<text>"}}

      """,
      List.of(
          """
          event: content_block_stop
          data: {"type":"content_block_stop","index":0}

          """,
          """
          event: message_delta
          data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":12}}

          """,
          """
          event: message_stop
          data: {"type":"message_stop"}

          """)),

  DASHSCOPE(
      """
      {"request_id":"d-1","output":{"choices":[{"finish_reason":"stop","message":{"role":"assistant",\
      "content":"<text>"}}]},"usage":{"input_tokens":9,"output_tokens":12,"total_tokens":21}}""",
      List.of(),
      """
      id:1
      event:result
      :HTTP_STATUS/200
      data:{"output":{"choices":[{"message":{"role":"assistant","content":"<text>"},"finish_reason":"null"}]},\
      "request_id":"d-1"}

      """,
      List.of());

  private final String whole;
  private final List<String> begin;
  private final String piece;
  private final List<String> end;

  Shape(String whole, List<String> begin, String piece, List<String> end) {
    this.whole = whole;
    this.begin = begin;
    this.piece = piece;
    this.end = end;
  }

  String whole(String text) {
    return whole.replace("<text>", text);
  }

  List<String> begin() {
    return begin;
  }

  String piece(String text) {
    return piece.replace("<text>", text);
  }

  List<String> end() {
    return end;
  }
}
