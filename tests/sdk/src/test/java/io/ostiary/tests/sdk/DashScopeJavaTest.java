package io.ostiary.tests.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code com.alibaba:dashscope-sdk-java}, which speaks Model Studio's native API and repeats nothing by itself. */
class DashScopeJavaTest extends CatalogueContract {

  DashScopeJavaTest() {
    super("dashscope");
  }

  @Override
  Client startClient() {
    return new DashScopeClient();
  }

  /** A4, H5, K7. The client has no place for a type. */
  @Override
  String catalogue() {
    return """
        WRONG_KEY | dashscope | 401 | InvalidApiKey | - | Invalid API-key provided. | 1
        MODEL_NOT_ALLOWED | dashscope | 403 | Model.AccessDenied | - | Model access denied. | 1
        MODEL_UNKNOWN | dashscope | 404 | ModelNotFound | - | Model can not be found. | 1
        BODY_TOO_LARGE | dashscope | 413 | BadRequest.TooLarge | - | Payload Too Large | 1
        QPS | dashscope | 429 | Throttling.RateQuota | - | Requests rate limit exceeded, please try again later. | 1
        RPM | dashscope | 429 | Throttling.RateQuota | - | Requests rate limit exceeded, please try again later. | 1
        TPM | dashscope | 429 | Throttling.AllocationQuota | - | Allocated quota exceeded, please increase your quota limit. | 1
        QUEUE_FULL | dashscope | 429 | Throttling | - | Requests throttling triggered. | 1
        TIMEOUT | dashscope | 408 | RequestTimeOut | - | Request timed out, please try again later. | 1
        SERVER_ERROR | dashscope | 500 | InternalError | - | An internal error has occured, please try again later or contact service support. | 1\
        """;
  }

  /** U1. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void reads_an_answer_whole(boolean stream) throws IOException {
    Told told = ask(chat("whole-" + stream, "any").stream(stream));

    assertThat(told.error()).as(told.toString()).isNull();
    assertThat(told.text()).isEqualTo(ModelServlet.PIECE.repeat(ModelServlet.PIECES));
  }

  /** E3, R10: the event has the lines that this client takes for an error. */
  @Test
  void knows_that_a_stream_was_stopped() throws IOException {
    Told told = ask(chat("stopped", "stopped-dashscope").model(ModelServlet.ENDLESS).stream(true));

    assertThat(told.error()).isEqualTo(client().errorOfStream());
    assertThat(told.code()).isEqualTo("Throttling.AllocationQuota");
    assertThat(told.message())
        .contains("The output was stopped: the quota of 400 tokens per minute is used up.");
    assertThat(told.text()).startsWith(ModelServlet.PIECE.repeat(10));
  }
}
