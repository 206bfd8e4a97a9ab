package io.ostiary.tests.sdk;

import java.io.IOException;
import org.junit.jupiter.api.condition.EnabledIf;

/** H4 for npm's {@code openai}. */
@EnabledIf("io.ostiary.tests.sdk.Node#isWanted")
class OpenAiNodeTest extends OpenAiContract {

  @Override
  Client startClient() throws IOException {
    return NodeClient.start("openai");
  }
}
