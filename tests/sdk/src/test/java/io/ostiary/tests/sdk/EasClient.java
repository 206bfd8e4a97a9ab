package io.ostiary.tests.sdk;

import com.aliyun.openservices.eas.predict.http.HttpConfig;
import com.aliyun.openservices.eas.predict.http.PredictClient;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** {@code eas-sdk}. It knows bodies only, shows no headers, and sends none of its caller's. */
final class EasClient implements Client {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How often the client repeats a call unless it is told otherwise. */
  private static final int REPETITIONS = 3;

  @Override
  public Told ask(Chat chat) throws IOException {
    PredictClient client = new PredictClient(new HttpConfig());
    client.setEndpoint(URI.create(chat.url()).getAuthority());
    client.setModelName(chat.model());
    client.setToken(chat.key());
    client.setContentType("application/json; test=" + chat.test());
    client.setRetryCount(chat.retries() == 0 ? 0 : REPETITIONS);
    try {
      String body =
          JSON.writeValueAsString(
              Map.of("model", chat.model(), "max_tokens", chat.maxTokens(), "prompt", chat.text()));
      return new Told(null, null, null, null, null, client.predict(body), Map.of());
    } catch (Exception error) { // it declares no other
      String name = error.getClass().getSimpleName();
      int status = client.getErrorCode();
      return new Told(name, status, null, null, error.getMessage(), "", Map.of());
    } finally {
      client.shutdown();
    }
  }

  @Override
  public String errorOf(int status) {
    return "Exception";
  }

  @Override
  public String errorOfStream() {
    throw new UnsupportedOperationException("it reads no streams");
  }

  @Override
  public void close() {
    // Each call has a client of its own.
  }
}
