package io.ostiary.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The call that is measured: a chat of about 1 KB, half of it Chinese, with an answer that names its tokens. */
final class Chat {

  static final String PATH = "/v1/chat/completions";

  static final String SECRET = "ost-bench-0123456789abcdefghijklmnopqrstuvwxyz";

  static final byte[] REQUEST =
      ("{\"model\":\"qwen-max\",\"messages\":[{\"role\":\"system\",\"content\":\"You are a doorkeeper.\"},"
              + "{\"role\":\"user\",\"content\":\""
              + "门房看守着模型服务器,客人出示钥匙。The doorkeeper asks for a key. ".repeat(11)
              + "\"}],\"max_tokens\":256,\"temperature\":0.7}")
          .getBytes(StandardCharsets.UTF_8);

  static final byte[] ANSWER =
      ("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"qwen-max\",\"choices\":[{\"index\":0,"
              + "\"message\":{\"role\":\"assistant\",\"content\":\""
              + "请出示钥匙。".repeat(20)
              + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":200,\"completion_tokens\":120,\"total_tokens\":320}}")
          .getBytes(StandardCharsets.UTF_8);

  private static final String POLICY =
      """
      route.chat.paths = %s
      route.chat.dialect = openai
      route.chat.model = body model
      models = qwen-max, qwen2.5-7b, deepseek-v3
      limits.large = qps 1000M, rpm 1000M, tpm 1000M
      key.bench.sha256 = %s
      key.bench.ips = 127.0.0.0/8, 203.0.113.0/24
      key.bench.models = qwen-max, qwen2.5-7b, deepseek-v3
      key.bench.limits = large
      """
          .formatted(PATH, ByHand.sha256(SECRET));

  private Chat() {}

  /** Writes the policy by which the call is admitted, with limits that it never reaches. */
  static Path policy() throws IOException {
    return write(POLICY);
  }

  /** Writes the same policy with so many keys in it, of which one is the call's. */
  static Path policy(int keys) throws IOException {
    StringBuilder policy = new StringBuilder(POLICY);
    for (int i = 1; i < keys; i++) {
      String tag = "key.other-" + i;
      policy.append(tag).append(".sha256 = ").append(ByHand.sha256(tag)).append('\n');
      policy.append(tag).append(".limits = large\n");
    }
    return write(policy.toString());
  }

  /** Writes a policy to a file of its own, which goes when the JVM ends. */
  static Path write(String policy) throws IOException {
    Path file = Files.createTempFile("ostiary-bench", ".properties");
    file.toFile().deleteOnExit();
    return Files.writeString(file, policy, StandardCharsets.UTF_8);
  }
}
