package io.ostiary.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts are UTF-8 where the app named no charset, and everything else is left as it is: U1. */
interface TextContract extends Guarded {

  String TEXT = "你好🙂";
  String TEXT_IN_UTF_8 = "e4bda0e5a5bdf09f9982";

  /** U1, pitfall 36: by each way of naming the type, also after the writer has been asked for. */
  @ParameterizedTest
  @CsvSource({
    "application/json,         setContentType",
    "application/json,         setHeader",
    "application/json,         addHeader",
    "application/json,         late",
    "application/json,         reset",
    "application/problem+json, setContentType",
    "application/x-ndjson,     setContentType",
    "text/plain,               setContentType",
    "text/html,                late",
    "text/event-stream,        setContentType",
  })
  default void a_writer_without_a_charset_writes_utf_8(String type, String by) throws IOException {
    Answer answer = text("type=" + type + "&by=" + by + "&via=writer");
    assertThat(hex(answer)).isEqualTo(TEXT_IN_UTF_8);
    assertThat(answer.type()).isEqualTo(type + ";charset=utf-8");
  }

  @Test
  default void a_writer_without_a_type_writes_utf_8() throws IOException {
    assertThat(hex(text("via=writer"))).isEqualTo(TEXT_IN_UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "encoded"})
  default void bytes_of_a_text_are_labelled_and_left_as_they_are(String via) throws IOException {
    Answer answer = text("type=application/json&via=" + via + "&length=bytes");
    assertThat(hex(answer)).isEqualTo(TEXT_IN_UTF_8);
    assertThat(answer.type()).isEqualTo("application/json;charset=utf-8");
    assertThat(answer.header("Content-Length")).isEqualTo("10");
  }

  @ParameterizedTest
  @CsvSource({
    "text/html;charset=GBK,          , GBK",
    "text/html,                   GBK, GBK",
    "application/json;charset=utf-16be, , UTF-16BE",
  })
  default void an_explicit_charset_is_kept(String type, String charset, String expected)
      throws IOException {
    Answer answer =
        text("type=" + type + (charset == null ? "" : "&charset=" + charset) + "&via=writer");
    assertThat(answer.body()).isEqualTo(TEXT.getBytes(Charset.forName(expected)));
    assertThat(answer.type()).endsWith(";charset=" + expected.toLowerCase(java.util.Locale.ROOT));
  }

  @ParameterizedTest
  @CsvSource({
    "image/png, setContentType",
    "application/octet-stream, setHeader",
    "image/png, change"
  })
  default void binary_types_are_left_as_they_are(String type, String by) throws IOException {
    Answer answer = text("type=" + type + "&by=" + by + "&via=binary");
    assertThat(answer.type()).isEqualTo(type);
    assertThat(answer.body()).hasSize(256);
    for (int i = 0; i < 256; i++) {
      assertThat(answer.body()[i]).isEqualTo((byte) i);
    }
  }

  /** U1, pitfall 38: a length that was counted in characters must not cut the answer short. */
  @ParameterizedTest
  @ValueSource(strings = {"chars", "header", "bytes"})
  default void the_length_is_right_whatever_the_app_has_counted(String counted) throws IOException {
    Answer answer = text("type=text/plain&via=writer&length=" + counted);
    assertThat(hex(answer)).isEqualTo(TEXT_IN_UTF_8);
    assertThat(answer.header("Content-Length")).isIn("10", null);
  }

  @Test
  default void a_flushed_writer_has_written_utf_8() throws IOException {
    assertThat(hex(text("type=text/plain&via=writer&end=flush"))).isEqualTo(TEXT_IN_UTF_8);
  }

  /** U1: flushed after every byte, also within characters. */
  @Test
  default void an_event_stream_split_at_every_byte_passes_as_it_is() throws IOException {
    Answer answer = ask(Ask.get("/events"));
    assertThat(answer.type()).isEqualTo("text/event-stream;charset=utf-8");
    assertThat(answer.text()).isEqualTo("data: 你好🙂\r\n\r\ndata: {\"ü\":1}\n\ndata: [DONE]\n\n");
  }

  /** What no route names is not touched. */
  @Test
  default void an_unguarded_path_is_left_alone() throws IOException {
    Answer answer = ask(Ask.get("/open/hits?test=none"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.type()).isEqualTo("application/octet-stream");
  }

  private Answer text(String query) throws IOException {
    return ask(
        Ask.get("/text/x?" + query.replace("+", URLEncoder.encode("+", StandardCharsets.UTF_8))));
  }

  private static String hex(Answer answer) {
    return HexFormat.of().formatHex(answer.body());
  }
}
