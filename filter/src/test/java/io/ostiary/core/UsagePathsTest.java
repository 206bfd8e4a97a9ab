package io.ostiary.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsagePathsTest {

  private static AnswerUsage read(UsagePaths paths, String json) {
    AnswerUsage usage = new AnswerUsage(paths, false, null);
    usage.head(200, "application/json", null);
    byte[] bytes = json.getBytes(UTF_8);
    usage.bytes(bytes, 0, bytes.length);
    usage.finish();
    return usage;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text | {\"text\":\"abc\"} | 3",
        "text | {\"text\":[\"ab\",{\"x\":\"c\"}],\"other\":\"d\"} | 3",
        "a.b | {\"a\":{\"b\":\"abc\",\"c\":\"d\"},\"b\":\"e\"} | 3",
        "a[] | {\"a\":[\"a\",[\"b\"],\"c\"],\"b\":[\"d\"]} | 3",
        "a[].b | {\"a\":[{\"b\":\"ab\"},{\"c\":\"d\"},[{\"b\":\"e\"}],{\"b\":\"c\"}]} | 3",
        "a[][].b | {\"a\":[[{\"b\":\"ab\"}],{\"b\":\"d\"},[[{\"b\":\"e\"}],{\"b\":\"c\"}]]} | 3",
        "[].a | [{\"a\":\"ab\"},{\"b\":\"d\"},{\"a\":\"c\"}] | 3",
        "[][] | [[\"ab\"],[],[\"c\"],\"d\",{\"e\":[\"f\"]}] | 3",
        "答.文 | {\"答\":{\"文\":\"三\"}} | 3"
      })
  void leads_through_objects_and_arrays_to_the_text(String path, String json, long text) {
    assertThat(read(UsagePaths.of(null, null, null, path), json).textBytes()).isEqualTo(text);
  }

  @Test
  void replaces_all_that_is_known() {
    UsagePaths paths = UsagePaths.of("in", null, null, null);
    String json = "{\"in\":3,\"usage\":{\"output_tokens\":4},\"choices\":[{\"text\":\"abc\"}]}";

    AnswerUsage usage = read(paths, json);

    assertThat(usage.inputReported()).isEqualTo(3);
    assertThat(usage.outputReported()).isEqualTo(-1);
    assertThat(usage.textBytes()).isEqualTo(json.length());
  }

  @Test
  void takes_the_largest_of_several_counts() {
    assertThat(read(UsagePaths.of(null, null, "n[]", null), "{\"n\":[1,7,3]}").totalReported())
        .isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | an empty name in the field \"\"",
        "a..b | an empty name in the field \"a..b\"",
        ".a | an empty name in the field \".a\"",
        "a. | an empty name in the field \"a.\"",
        "a.[].b | an empty name in the field \"a.[].b\"",
        "a[0].b | only [] may follow a name in the field \"a[0].b\"",
        "a[]b | only [] may follow a name in the field \"a[]b\"",
        "a[ | only [] may follow a name in the field \"a[\"",
        "a].b | only [] may follow a name in the field \"a].b\"",
        "a.* | no * may stand in the path \"a.*\""
      })
  void refuses_a_path_that_is_none(String path, String message) {
    assertThatThrownBy(() -> UsagePaths.of(null, path, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"a,a,,the field a stands twice", "a,,a,the field a stands twice", ",,,no path"})
  void refuses_paths_that_do_not_tell_apart_what_is_meant(
      @Nullable String input, @Nullable String output, @Nullable String text, String message) {
    assertThatThrownBy(() -> UsagePaths.of(input, output, null, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void refuses_a_path_that_is_too_long() {
    assertThatThrownBy(() -> UsagePaths.of("a".repeat(257), null, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a path of more than 256 characters");
  }

  @Test
  void are_not_for_strict_scanners() {
    Fields fields = UsagePaths.PRESET.fields();

    assertThatThrownBy(() -> new JsonScanner(fields)).isInstanceOf(IllegalArgumentException.class);
  }
}
