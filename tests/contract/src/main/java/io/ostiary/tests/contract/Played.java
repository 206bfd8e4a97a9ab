package io.ostiary.tests.contract;

/**
 * An answer in the shape of some vendor's API, to a call of 100 tokens of input.
 *
 * @param tokens what it is charged in all
 */
enum Played {
  CHAT(
      "/play/chat",
      """
      data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}],"usage":null}

      data: {"choices":[{"index":0,"delta":{"content":"你好🙂"}}],"usage":null}

      data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}

      data: {"choices":[],"usage":{"prompt_tokens":21,"completion_tokens":12,"total_tokens":33}}

      data: [DONE]

      """,
      33),

  /** The last lines of it end with CR and LF. */
  CHAT_IN_LINES(
      "/play/chat",
      """
      data: {"choices":[{"index":0,"delta":
      data: {"content":"Hi"}}]}

      : a comment

      event: message\r
      data: {"choices":[],\r
      data: "usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}\r
      \r
      """,
      9),

  /** Ten bytes and eight are five tokens by estimate. */
  CHAT_WITHOUT_USAGE(
      "/play/chat",
      """
      data: {"choices":[{"index":0,"delta":{"content":"你好🙂"}}]}

      data: {"choices":[{"index":0,"delta":{"content":", dear x"}}]}

      data: [DONE]

      """,
      100 + 5),

  CHAT_WITH_A_USAGE_OF_ZERO(
      "/play/chat",
      """
      data: {"choices":[{"index":0,"delta":{"content":"twelve bytes"}}]}

      data: {"choices":[],"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}}

      data: [DONE]

      """,
      100 + 3),

  RESPONSES(
      "/play/chat",
      """
      event: response.output_text.delta
      data: {"type":"response.output_text.delta","delta":"In a grove"}

      event: response.completed
      data: {"type":"response.completed","response":{"usage":{"input_tokens":36,"output_tokens":87,"total_tokens":123}}}

      """,
      123),

  MESSAGES(
      "/play/messages",
      """
      event: message_start
      data: {"type":"message_start","message":{"usage":{"input_tokens":472,"cache_creation_input_tokens":28,"output_tokens":2}}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"旧金山"}}

      event: message_delta
      data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":89}}

      event: message_stop
      data: {"type":"message_stop"}

      """,
      589),

  /** Each event tells all there has been so far. */
  GENERATION(
      "/play/generation",
      """
      id:1
      event:result
      :HTTP_STATUS/200
      data:{"output":{"text":"我是"},"usage":{"total_tokens":23,"input_tokens":22,"output_tokens":1}}

      id:2
      event:result
      :HTTP_STATUS/200
      data:{"output":{"text":"我是通义千问。"},"usage":{"total_tokens":26,"input_tokens":22,"output_tokens":4}}

      """,
      26),

  CHAT_AT_ONCE(
      "/play/chat",
      """
      {"choices":[{"message":{"content":"你好🙂"}}],"usage":{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29}}
      """,
      29),

  EMBEDDINGS(
      "/play/chat",
      """
      {"data":[{"embedding":[0.25,-1e3],"index":0}],"usage":{"prompt_tokens":8,"total_tokens":8}}
      """,
      8);

  private final String path;
  private final String text;
  private final int tokens;

  Played(String path, String text, int tokens) {
    this.path = path;
    this.text = text;
    this.tokens = tokens;
  }

  String text() {
    return text;
  }

  int tokens() {
    return tokens;
  }

  Ask ask(String key) {
    return Ask.play(path, key, text)
        .header("X-Type", text.startsWith("{") ? "application/json" : "text/event-stream");
  }
}
