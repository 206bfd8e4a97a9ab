package io.ostiary.tests.sdk;

import io.ostiary.tests.contract.Keys;

/**
 * One call as a client is told to make it.
 *
 * @param test what the call is known by at the server's door
 * @param url where the dialect's API begins
 * @param key the secret itself
 * @param retries how often the client may repeat the call, if it lets itself be told
 */
record Chat(
    String test,
    String url,
    String key,
    String model,
    String text,
    int maxTokens,
    boolean stream,
    int retries) {

  /** A short question to the only model that all keys may call. */
  static Chat of(String test, String url, String keyTag) {
    return new Chat(test, url, Keys.secretOf(keyTag), "qwen-max", "你是谁？", 16, false, 2);
  }

  Chat model(String other) {
    return new Chat(test, url, key, other, text, maxTokens, stream, retries);
  }

  Chat maxTokens(int other) {
    return new Chat(test, url, key, model, text, other, stream, retries);
  }

  Chat stream(boolean other) {
    return new Chat(test, url, key, model, text, maxTokens, other, retries);
  }

  Chat text(String other) {
    return new Chat(test, url, key, model, other, maxTokens, stream, retries);
  }

  Chat retries(int other) {
    return new Chat(test, url, key, model, text, maxTokens, stream, other);
  }
}
