package io.ostiary.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormFieldsTest {

  @Test
  void keeps_names_and_values_in_their_order() throws MalformedBodyException {
    FormFields fields = parse("b=1&a=2&b=3&c");

    assertThat(fields.values().keySet()).containsExactly("b", "a", "c");
    assertThat(fields.values().get("b")).containsExactly("1", "3");
    assertThat(fields.values().get("c")).containsExactly("");
  }

  /** The WHATWG URL Standard's parser, section 5.1. */
  @ParameterizedTest
  @CsvSource(
      value = {
        "a=b=c | a | b=c",
        "a+b=c+d | a b | c d",
        "%e4%BD%a0=%F0%9F%99%82 | 你 | 🙂",
        "a=%2B%26%3D | a | +&=",
        "a=%zz%4 | a | %zz%4",
        "a=% | a | %",
        "a=%ff | a | \uFFFD",
        "&&a=1&& | a | 1",
        "a=模 | a | 模"
      },
      delimiter = '|')
  void decodes_as_browsers_encode(String form, String name, String value)
      throws MalformedBodyException {
    assertThat(parse(form).values()).containsOnlyKeys(name).containsValue(List.of(value));
    assertThat(FormFields.parseQuery(form, UTF_8).values()).isEqualTo(parse(form).values());
  }

  @Test
  void reads_a_field_without_a_name() throws MalformedBodyException {
    assertThat(parse("=1&=").values().get("")).containsExactly("1", "");
  }

  @Test
  void decodes_in_the_charset_that_the_request_names() throws MalformedBodyException {
    assertThat(FormFields.parse(body("a=%C4%E3".getBytes(UTF_8)), Charset.forName("GBK")).values())
        .containsEntry("a", List.of("你"));
  }

  @Test
  void reads_a_form_that_lies_in_any_segments() throws MalformedBodyException {
    byte[] bytes = "model=%E4%BD%A0&x=1".getBytes(UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      Body body =
          new Body(
              new byte[][] {
                Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length)
              },
              bytes.length);
      assertThat(FormFields.parse(body, UTF_8).values())
          .containsEntry("model", List.of("你"))
          .containsEntry("x", List.of("1"));
    }
  }

  @Test
  void puts_a_query_before_a_form() throws MalformedBodyException {
    FormFields both = FormFields.parseQuery("a=1&b=2", UTF_8).and(parse("c=3&a=4"));

    assertThat(both.values().keySet()).containsExactly("a", "b", "c");
    assertThat(both.values().get("a")).containsExactly("1", "4");
    assertThat(FormFields.parseQuery(null, UTF_8).values()).isEmpty();
  }

  @Test
  void takes_a_thousand_fields_and_no_more() throws MalformedBodyException {
    assertThat(parse("a&".repeat(1000)).values().get("a")).hasSize(1000);
    assertThatThrownBy(() -> parse("a&".repeat(1001)))
        .isInstanceOf(MalformedBodyException.class)
        .hasMessage("more than 1000 form fields");
  }

  private static FormFields parse(String form) throws MalformedBodyException {
    return FormFields.parse(body(form.getBytes(UTF_8)), UTF_8);
  }

  private static Body body(byte[] bytes) {
    return new Body(new byte[][] {bytes}, bytes.length);
  }
}
