package io.ostiary.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertiesTextTest {

  private final Problems problems = new Problems();

  @Test
  void keeps_the_line_of_each_setting() {
    assertThat(read("a = 1\n\n# note\n! note\r\nb: 2\rc=3"))
        .containsExactly("f:1 a→1", "f:5 b→2", "f:6 c→3");
  }

  @Test
  void reads_utf_8_with_or_without_a_byte_order_mark() {
    assertThat(read("\uFEFF模型 = 风险🙂")).containsExactly("f:1 模型→风险🙂");
    assertThat(read("模型 = 风险🙂")).containsExactly("f:1 模型→风险🙂");
    assertNoProblems();
  }

  @Test
  void joins_a_continued_line_and_counts_on() {
    assertThat(read("a = one, \\\n    two\nb = 3")).containsExactly("f:1 a→one, two", "f:3 b→3");
    assertNoProblems();
  }

  @Test
  void resolves_escapes() {
    assertThat(read("llama3\\:8b = \\u4f60\\=\\:\\ x\\#y\\\\z"))
        .containsExactly("f:1 llama3:8b→你=: x#y\\z");
    assertNoProblems();
  }

  @Test
  void takes_what_follows_space_and_hash_for_a_comment() {
    assertThat(read("a = 1 # one\nb = # nothing\nc = x#y\nd = x \\# y\ne = 2\t#two"))
        .containsExactly("f:1 a→1", "f:2 b→", "f:3 c→x#y", "f:4 d→x # y", "f:5 e→2");
    assertNoProblems();
  }

  @Test
  void does_not_continue_a_comment() {
    assertThat(read("a = 1 # one \\\nb = 2")).containsExactly("f:1 a→1", "f:2 b→2");
    assertNoProblems();
  }

  @Test
  void leaves_out_blanks_around_names_and_values_but_not_escaped_ones() {
    assertThat(read("  a  =  1  \nb = x\\ \n")).containsExactly("f:1 a→1", "f:2 b→x ");
  }

  @Test
  void tells_of_each_line_that_is_not_utf_8_and_reads_on() {
    List<String> entries = read("a = ok\r\nb = \u00FF\nc = ok\nd = \u00C3(\n".getBytes(ISO_8859_1));

    assertThat(entries).contains("f:1 a→ok", "f:3 c→ok");
    assertThat(problems.list())
        .map(Problem::toString)
        .containsExactly("f:2: this line is not UTF-8", "f:4: this line is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk-secret", "mode enforce", "a = 1\nsk-secret # = \n"})
  void tells_of_a_line_without_a_separator_but_does_not_repeat_it(String text) {
    read(text);

    assertThat(problems.list()).hasSize(1);
    assertThat(problems.list().get(0).toString()).contains(" expected").doesNotContain("secret");
  }

  @Test
  void tells_of_a_half_unicode_escape() {
    read("a = 1\nb = \\u12x");

    assertThat(problems.list())
        .map(Problem::toString)
        .containsExactly("f:2: four hexadecimal digits were expected after \\u");
  }

  @Test
  void tells_of_a_file_that_ends_in_a_continuation() {
    read("a = 1,\\");

    assertThat(problems.list())
        .map(Problem::toString)
        .containsExactly("f:1: the file ends where a line was to be continued");
  }

  @Test
  void tells_of_a_colon_inside_a_name() {
    read("model.llama3:8b.limits = gold");

    assertThat(problems.list()).map(Problem::text).singleElement().asString().contains("\\:");
  }

  /** Where nothing is odd, it is the format that everyone knows. */
  @Test
  void agrees_with_the_properties_of_java() throws Exception {
    Random random = new Random(7);
    String alphabet = "ab=:\\ \t\n\rn你!.,";
    int compared = 0;
    for (int i = 0; i < 30_000; i++) {
      StringBuilder text = new StringBuilder("a=");
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Problems told = new Problems();
      List<PropertiesText.Entry> entries =
          PropertiesText.read(text.toString().getBytes(UTF_8), "f", told);
      // The JDK looks for a comment again behind a continuation that begins a line.
      if (told.isEmpty() && !text.toString().matches("(?s).*[\n\r][ \t]*\\\\[\n\r].*")) {
        Properties expected = new Properties();
        expected.load(new StringReader(text.toString()));
        expected.replaceAll((name, value) -> ((String) value).replaceFirst("[ \t]+\\z", ""));
        Map<Object, Object> actual = new HashMap<>();
        entries.forEach(e -> actual.put(e.name(), e.value().replaceFirst("[ \t]+\\z", "")));
        assertThat(actual).as(text.toString()).isEqualTo(expected);
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(3_000);
  }

  private List<String> read(String text) {
    return read(text.getBytes(UTF_8));
  }

  private List<String> read(byte[] bytes) {
    List<String> entries = new ArrayList<>();
    for (PropertiesText.Entry entry : PropertiesText.read(bytes, "f", problems)) {
      entries.add(entry.place() + " " + entry.name() + "→" + entry.value());
    }
    return entries;
  }

  private void assertNoProblems() {
    assertThat(problems.list()).isEmpty();
  }
}
