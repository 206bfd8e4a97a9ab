package io.ostiary.tests.sdk;

import com.alibaba.dashscope.aigc.generation.Generation;
import com.alibaba.dashscope.aigc.generation.GenerationParam;
import com.alibaba.dashscope.aigc.generation.GenerationResult;
import com.alibaba.dashscope.common.Message;
import com.alibaba.dashscope.common.Role;
import com.alibaba.dashscope.common.Status;
import com.alibaba.dashscope.exception.ApiException;
import com.alibaba.dashscope.exception.InputRequiredException;
import com.alibaba.dashscope.exception.NoApiKeyException;
import com.alibaba.dashscope.protocol.Protocol;
import java.util.List;
import java.util.Map;

/** {@code dashscope-sdk-java}. It shows no headers. */
final class DashScopeClient implements Client {

  @Override
  public Told ask(Chat chat) {
    StringBuilder text = new StringBuilder();
    try {
      ask(chat, text);
      return new Told(null, null, null, null, null, text.toString(), Map.of());
    } catch (ApiException error) {
      Status status = error.getStatus();
      return new Told(
          error.getClass().getSimpleName(),
          status.getStatusCode(),
          status.getCode(),
          null,
          status.getMessage(),
          text.toString(),
          Map.of());
    } catch (NoApiKeyException | InputRequiredException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  private static void ask(Chat chat, StringBuilder text)
      throws NoApiKeyException, InputRequiredException {
    Generation generation = new Generation(Protocol.HTTP.getValue(), chat.url());
    GenerationParam param =
        GenerationParam.builder()
            .apiKey(chat.key())
            .model(chat.model())
            .maxTokens(chat.maxTokens())
            .messages(
                List.of(Message.builder().role(Role.USER.getValue()).content(chat.text()).build()))
            .resultFormat(GenerationParam.ResultFormat.MESSAGE)
            .incrementalOutput(chat.stream())
            .header("X-Test", chat.test())
            .build();
    if (chat.stream()) {
      generation.streamCall(param).blockingForEach(result -> text.append(textOf(result)));
    } else {
      text.append(textOf(generation.call(param)));
    }
  }

  private static String textOf(GenerationResult result) {
    return result.getOutput().getChoices().get(0).getMessage().getContent();
  }

  @Override
  public String errorOf(int status) {
    return "ApiException";
  }

  @Override
  public String errorOfStream() {
    return "ApiException";
  }

  @Override
  public void close() {
    // Its connections are those of the whole process.
  }
}
