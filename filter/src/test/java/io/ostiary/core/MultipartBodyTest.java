package io.ostiary.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartBodyTest {

  private static final String TYPE = "multipart/form-data; boundary=AaB03x";

  private static final String FORM =
      """
      --AaB03x
      Content-Disposition: form-data; name="model"

      qwen-max
      --AaB03x
      content-disposition:form-data;NAME=file; filename="图 \\"1\\".png" ;
      Content-Type: image/png
      X-More:

      first line
      --AaB03
      --AaB03y
       --AaB03x
      \rlast line

      --AaB03x
      Content-Disposition: form-data; name=empty; filename=""


      --AaB03x--
      """
          .replace("\n", "\r\n");

  @Test
  void reads_the_parts_in_place_wherever_the_segments_end() throws Exception {
    byte[] bytes = FORM.getBytes(UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      Body body = body(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length));

      List<BodyPart> parts = MultipartBody.parse(body, TYPE, 1 + cut);

      assertThat(parts).extracting(BodyPart::name).containsExactly("model", "file", "empty");
      assertThat(parts).extracting(BodyPart::fileName).containsExactly(null, "图 \"1\".png", "");
      assertThat(parts.get(1).headers())
          .extracting(Header::name, Header::value)
          .contains(tuple("Content-Type", "image/png"), tuple("X-More", ""));
      assertThat(content(body, parts.get(0))).isEqualTo("qwen-max");
      assertThat(content(body, parts.get(1)))
          .isEqualTo("first line\r\n--AaB03\r\n--AaB03y\r\n --AaB03x\r\n\rlast line\r\n");
      assertThat(content(body, parts.get(2))).isEmpty();
    }
  }

  @Test
  void reads_random_contents_as_they_were_written() throws Exception {
    long seed = Long.getLong("ostiary.seed", System.nanoTime());
    Random random = new Random(seed);
    String alphabet = "\r\n\r\n--AaB03x y";
    for (int i = 0; i < 5000; i++) {
      StringBuilder content = new StringBuilder();
      for (int j = random.nextInt(40); j > 0; j--) {
        content.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      if (content.indexOf("--AaB03x") >= 0) {
        continue;
      }
      Body body = body(part("name=a", content.toString()).getBytes(UTF_8));
      List<BodyPart> parts = MultipartBody.parse(body, TYPE, 1 + random.nextInt(20));
      assertThat(content(body, parts.get(0))).as("seed " + seed).isEqualTo(content.toString());
    }
  }

  @Test
  void takes_a_form_without_parts_and_line_ends_around_a_form() throws Exception {
    assertThat(parse("--AaB03x--")).isEmpty();
    assertThat(parse("\r\n" + part("name=a", "") + "\r\n\r\n")).hasSize(1);
  }

  @Test
  void takes_two_parts_of_one_name() throws Exception {
    String twice = part("name=a", "1").replace("--AaB03x--", "") + part("name=a", "2");

    assertThat(parse(twice)).extracting(BodyPart::name).containsExactly("a", "a");
  }

  @Test
  void keeps_the_path_that_an_old_browser_sends_with_a_file() throws Exception {
    BodyPart part = parse(part("name=a; filename=\"C:\\temp\\x.png\"", "")).get(0);

    assertThat(part.fileName()).isEqualTo("C:\\temp\\x.png");
  }

  @Test
  void prefers_the_plain_file_name_to_an_encoded_one() throws Exception {
    BodyPart part = parse(part("name=a; filename=x; filename*=utf-8''y", "")).get(0);

    assertThat(part.fileName()).isEqualTo("x");
  }

  /** A6. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "form-data; name=a; name=b",
        "form-data; name=a; NAME=a",
        "form-data; name=a; filename=x; filename=y",
        "form-data; name=a; name*=utf-8''b",
        "form-data; name=a; filename*=utf-8''b",
        "form-data; name=\"a\\b\"",
        "form-data; name=\"a\\\\b\"",
        "form-data; name=\"a",
        "form-data; name=\"a\"b",
        "form-data; name=",
        "form-data; name = a",
        "form-data; name",
        "form-data name=a",
        "form-data; filename=a",
        "attachment; name=a",
        "",
        "form-data; name=a\r\nContent-Disposition: form-data; name=b",
        "form-data; name=a\r\nContent-Type: text/plain\r\ncontent-type: text/html",
        "form-data; name=a\r\nContent-Transfer-Encoding: base64",
        "form-data; name=a\r\nX Y: z",
        "form-data; name=a\r\nno colon",
        "form-data; name=a\r\n: z",
        "form-data;\r\n name=a",
        "form-data; name=a\nX: y",
        "form-data; name=a\rX: y",
        "form-data; name=a\0"
      })
  void refuses_headers_that_are_malformed_or_ambiguous(String disposition) {
    refuses("--AaB03x\r\nContent-Disposition: " + disposition + "\r\n\r\nx\r\n--AaB03x--", null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "--AaB03",
        "--AaB03x",
        "--AaB03x\r\n",
        "--AaB03x-",
        "--AaB03x--x",
        "--AaB03x--\r\nepilogue",
        "preamble\r\n--AaB03x--",
        "\n--AaB03x--",
        "--AaB03x \r\n--AaB03x--",
        "--AaB03xy--",
        "--AaB03x\n--AaB03x--"
      })
  void refuses_a_form_that_is_not_framed_by_its_boundary(String form) {
    refuses(form, null);
  }

  @Test
  void refuses_a_form_without_its_last_boundary() {
    String form = part("name=a", "x");

    refuses(
        form.substring(0, form.indexOf("\r\n--AaB03x--")),
        "the form ends without its last boundary");
  }

  /** A6: some parsers take these for boundaries, and some do not. */
  @ParameterizedTest
  @ValueSource(strings = {"x\n--AaB03x", "x\r--AaB03x", "--AaB03x", "\r\r--AaB03x"})
  void refuses_a_boundary_that_does_not_stand_after_cr_lf(String content) {
    refuses(part("name=a", content), "a boundary does not stand after CR LF");
  }

  /** A6. */
  @ParameterizedTest
  @ValueSource(strings = {"x\r\n--AaB03xy", "x\r\n--AaB03x ", "x\r\n--AaB03x-"})
  void refuses_a_line_that_only_begins_with_the_boundary(String content) {
    refuses(part("name=a", content), "a line only begins with the boundary");
  }

  @Test
  void refuses_headers_that_are_not_utf_8() {
    Body body = body(part("name=\"\u00e4\"", "x").getBytes(ISO_8859_1));

    assertThatThrownBy(() -> MultipartBody.parse(body, TYPE))
        .hasMessage("a header of a part is not UTF-8");
  }

  @Test
  void takes_two_hundred_parts_and_no_more() throws Exception {
    String one = part("name=a", "x").replace("--AaB03x--", "");

    assertThat(parse(one.repeat(200) + "--AaB03x--")).hasSize(200);
    refuses(one.repeat(201) + "--AaB03x--", "more than 200 parts");
  }

  @Test
  void takes_headers_of_8_kib_and_no_more() throws Exception {
    int spare =
        MultipartBody.LONGEST_HEADERS
            - "Content-Disposition: form-data; name=a\r\nX: \r\n\r\n".length();

    assertThat(parse(part("name=a\r\nX: " + "y".repeat(spare), "x"))).hasSize(1);
    refuses(
        part("name=a\r\nX: " + "y".repeat(spare + 1), "x"), "the headers of a part are too long");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=a; boundary=b",
        "multipart/form-data; boundary=\"a \"",
        "multipart/form-data; boundary=\"a\u00e4\"",
        "multipart/form-data; boundary=\"a\\\"\"",
        "multipart/form-data; boundary=01234567890123456789012345678901234567890123456789012345678901234567890",
        "multipart/mixed; boundary=a",
        "text/plain"
      })
  void refuses_a_content_type_without_a_clear_boundary(String contentType) {
    assertThatThrownBy(() -> MultipartBody.parse(body(FORM.getBytes(UTF_8)), contentType))
        .isInstanceOf(MalformedBodyException.class);
  }

  @Test
  void takes_a_quoted_boundary() throws Exception {
    Body body = body("--a b:c--".getBytes(UTF_8));

    assertThat(MultipartBody.parse(body, "Multipart/Form-Data; charset=utf-8; Boundary=\"a b:c\""))
        .isEmpty();
  }

  private static String part(String parameters, String content) {
    return "--AaB03x\r\nContent-Disposition: form-data; "
        + parameters
        + "\r\n\r\n"
        + content
        + "\r\n--AaB03x--";
  }

  private static List<BodyPart> parse(String form) throws MalformedBodyException {
    return MultipartBody.parse(body(form.getBytes(UTF_8)), TYPE);
  }

  private static void refuses(String form, @Nullable String message) {
    var thrown = assertThatThrownBy(() -> parse(form)).isInstanceOf(MalformedBodyException.class);
    if (message != null) {
      thrown.hasMessage(message);
    }
  }

  private static String content(Body body, BodyPart part) throws IOException {
    return new String(body.slice(part.offset(), part.length()).readAllBytes(), UTF_8);
  }

  private static Body body(byte[]... segments) {
    return new Body(segments, Arrays.stream(segments).mapToLong(segment -> segment.length).sum());
  }
}
