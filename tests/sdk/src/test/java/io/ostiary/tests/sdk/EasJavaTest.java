package io.ostiary.tests.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * K6, E4 for {@code com.aliyun.openservices.eas:eas-sdk}, which signs its calls, never sends its token, and repeats every call that
 * is not answered with 200 three times, at once and whatever the answer says.
 */
class EasJavaTest extends CatalogueContract {

  EasJavaTest() {
    super("eas");
  }

  @Override
  Client startClient() {
    return new EasClient();
  }

  /** A4, Q1. The client shows the body as its message, and reads nothing of it. */
  @Override
  String catalogue() {
    return """
        WRONG_KEY | eas | 401 | - | - | "message":"Service authentication failed." | 4
        MODEL_NOT_ALLOWED | eas | 403 | - | - | The model qwen-vl is not on the allowlist of this token. | 4
        MODEL_UNKNOWN | eas | 404 | - | - | The model gpt-7 does not exist. | 4
        BODY_TOO_LARGE | eas | 413 | - | - | The request body is larger than the maximum of 64KiB. | 4
        QPS | eas | 429 | - | - | The request triggered rate limiting: the limit is 1 requests per second. | 1
        RPM | eas | 429 | - | - | The request triggered rate limiting: the limit is 1 requests per minute. | 1
        TPM | eas | 429 | - | - | The request triggered rate limiting: the limit is 300 tokens per minute. | 1
        QUEUE_FULL | eas | 450 | - | - | Request discarded because the queue is full | 4
        TIMEOUT | eas | 408 | - | - | The request timed out. | 1
        SERVER_ERROR | eas | 500 | - | - | Internal server error. | 4\
        """;
  }

  /** The call before is still at work when the client would come again. */
  @Override
  Chat late(Chat chat) {
    return chat.model(ModelServlet.HELD).retries(0);
  }

  /** Some of these bodies have an MD5 that begins with a zero, which the SDK drops. */
  @Test
  void is_let_in_by_its_signature() throws IOException {
    for (int x = 0; x < 50; x++) {
      assertThat(ask(chat("signed", "any").text("x" + x)).text()).contains("你好");
    }
  }
}
