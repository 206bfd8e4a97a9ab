package io.ostiary.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the head of an answer tells of how its body is to be read. */
class AnswerHeadTest {

  @ParameterizedTest
  @CsvSource({
    "gzip,true",
    "br,true",
    "'gzip, identity',true",
    "identity,false",
    "' ',false",
    ",false"
  })
  void cannot_read_what_the_app_has_coded(@Nullable String contentEncoding, boolean isOpaque) {
    AnswerUsage usage = new AnswerUsage(UsagePaths.PRESET, false, null);
    usage.head(200, "application/json", contentEncoding);
    byte[] json = "{\"usage\":{\"output_tokens\":1}}".getBytes(UTF_8);
    usage.bytes(json, 0, json.length);
    usage.finish();

    assertThat(usage.isOpaque()).isEqualTo(isOpaque);
    assertThat(usage.outputReported()).isEqualTo(isOpaque ? -1 : 1);
    assertThat(usage.textBytes()).isEqualTo(isOpaque ? 0 : 29);
    assertThat(usage.bytesSeen()).isEqualTo(29);
  }

  @ParameterizedTest
  @CsvSource({"200,false", "399,false", "400,true", "503,true"})
  void knows_an_error_by_its_status(int status, boolean isError) {
    AnswerUsage usage = new AnswerUsage(UsagePaths.PRESET, false, null);
    usage.head(status, null, null);

    assertThat(usage.isError()).isEqualTo(isError);
  }

  @ParameterizedTest
  @CsvSource({
    "text/event-stream; charset=utf-8,true",
    "application/x-ndjson,true",
    "application/stream+json,true",
    "application/json,false",
    "text/event-streams,false",
    ",false"
  })
  void knows_a_stream_by_its_type(@Nullable String contentType, boolean isStream) {
    AnswerUsage usage = new AnswerUsage(UsagePaths.PRESET, false, null);
    usage.head(200, contentType, null);

    assertThat(usage.isStream()).isEqualTo(isStream);
  }
}
