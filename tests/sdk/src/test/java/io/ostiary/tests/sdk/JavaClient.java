package io.ostiary.tests.sdk;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code openai-java}. */
final class JavaClient implements Client {

  private static final Map<Integer, String> ERRORS =
      Map.of(
          400, "BadRequestException",
          401, "UnauthorizedException",
          403, "PermissionDeniedException",
          404, "NotFoundException",
          429, "RateLimitException");

  private final OpenAIClient client =
      OpenAIOkHttpClient.builder().apiKey("none").maxRetries(2).build();

  @Override
  public Told ask(Chat chat) {
    StringBuilder text = new StringBuilder();
    Map<String, String> headers = new TreeMap<>();
    try {
      ask(chat, text, headers);
      return new Told(null, null, null, null, null, text.toString(), headers);
    } catch (OpenAIServiceException error) {
      tell(error.headers(), headers);
      return new Told(
          error.getClass().getSimpleName(),
          error.statusCode(),
          error.code().orElse(null),
          error.type().orElse(null),
          error.getMessage(),
          text.toString(),
          headers);
    }
  }

  @SuppressWarnings("deprecation") // many servers know max_tokens alone
  private void ask(Chat chat, StringBuilder text, Map<String, String> headers) {
    var completions =
        client
            .withOptions(
                options ->
                    options
                        .baseUrl(chat.url() + "/v1")
                        .apiKey(chat.key())
                        .maxRetries(chat.retries()))
            .chat()
            .completions()
            .withRawResponse();
    ChatCompletionCreateParams params =
        ChatCompletionCreateParams.builder()
            .model(chat.model())
            .maxTokens(chat.maxTokens())
            .addUserMessage(chat.text())
            .putAdditionalHeader("X-Test", chat.test())
            .build();
    if (chat.stream()) {
      try (HttpResponseFor<StreamResponse<ChatCompletionChunk>> response =
          completions.createStreaming(params)) {
        tell(response.headers(), headers);
        response.parse().stream()
            .flatMap(chunk -> chunk.choices().stream())
            .forEach(choice -> text.append(choice.delta().content().orElse("")));
      }
    } else {
      try (HttpResponseFor<ChatCompletion> response = completions.create(params)) {
        tell(response.headers(), headers);
        text.append(response.parse().choices().get(0).message().content().orElseThrow());
      }
    }
  }

  private static void tell(Headers told, Map<String, String> headers) {
    for (String name : told.names()) {
      headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", told.values(name)));
    }
  }

  @Override
  public String errorOf(int status) {
    return status >= 500
        ? "InternalServerException"
        : ERRORS.getOrDefault(status, "UnexpectedStatusCodeException");
  }

  @Override
  public String errorOfStream() {
    return "SseException";
  }

  @Override
  public void close() {
    client.close();
  }
}
