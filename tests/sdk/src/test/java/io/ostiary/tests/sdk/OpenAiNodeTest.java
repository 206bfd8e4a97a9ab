package io.ostiary.tests.sdk;

import java.io.IOException;

/** H4 for npm's {@code openai}. */
class OpenAiNodeTest extends OpenAiContract {

  @Override
  Client startClient() throws IOException {
    return NodeClient.start("openai");
  }
}
