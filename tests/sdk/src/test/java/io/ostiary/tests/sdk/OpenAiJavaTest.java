package io.ostiary.tests.sdk;

/** H4 for {@code com.openai:openai-java}. */
class OpenAiJavaTest extends OpenAiContract {

  @Override
  Client startClient() {
    return new JavaClient();
  }
}
