package io.ostiary.core;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {

  private static final Fields FIELDS =
      Fields.of("model", "max_tokens", "parameters.max_tokens", "stream");
  private static final int MODEL = 0;
  private static final int MAX_TOKENS = 1;
  private static final int PARAMETERS_MAX_TOKENS = 2;

  @Test
  void reads_the_fields_of_a_chat_call() {
    JsonScanner scanner =
        scan(
            """
            {"model": "qwen-max", "messages": [{"role": "user", "content": "你好", "model": "x"}],
             "parameters": {"max_tokens": 512}, "stream": true}
            """);

    assertThat(scanner.problem()).isNull();
    assertThat(scanner.string(MODEL)).isEqualTo("qwen-max");
    assertThat(scanner.integer(PARAMETERS_MAX_TOKENS)).isEqualTo(512);
    assertThat(scanner.bool(3)).isTrue();
    assertThat(scanner.kind(MAX_TOKENS)).isEqualTo(JsonKind.ABSENT);
  }

  /** A6. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"a\",\"model\":\"a\"}",
        "{\"model\":\"a\",\"mod\\u0065l\":\"b\"}",
        "{\"parameters\":{\"max_tokens\":1},\"parameters\":{}}",
        "{\"parameters\":{\"max_tokens\":1,\"max_tokens\":2}}"
      })
  void refuses_a_guarded_name_or_one_on_the_way_to_it_that_stands_twice(String document) {
    assertThat(scan(document).problem()).endsWith("stands twice");
  }

  /** A6. */
  @ParameterizedTest
  @ValueSource(
      strings = {"Model", "MODEL", "\\u004dodel", "max_To\\u212aens", "\u017Ftream", "Parameters"})
  void refuses_a_name_that_is_guarded_but_for_case(String name) {
    assertThat(scan("{\"" + name + "\":1}").problem()).endsWith("is written in another case");
  }

  @Test
  void lets_other_names_stand_twice_and_in_any_case() {
    assertThat(
            scan("{\"x\":1,\"x\":2,\"X\":3,\"a\":{\"Model\":1,\"model\":2,\"model\":3}}").problem())
        .isNull();
  }

  @Test
  void takes_the_last_value_of_a_name_that_stands_twice_in_an_answer() {
    JsonScanner scanner =
        scanned(
            JsonScanner.lenient(FIELDS),
            "{\"parameters\":{\"max_tokens\":1},\"parameters\":{\"max_tokens\":2},\"model\":\"a\",\"model\":7,\"Model\":8}");

    assertThat(scanner.problem()).isNull();
    assertThat(scanner.integer(PARAMETERS_MAX_TOKENS)).isEqualTo(2);
    assertThat(scanner.integer(MODEL)).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "1e3 | 1000",
        "100.0 | 100",
        "-0 | 0",
        "-0.0 | 0",
        "9223372036854775807 | 9223372036854775807",
        "9223372036854775808 | none",
        "1.5 | none",
        "1e999999999 | none",
        "1e99999999999999999999 | none",
        "\"7\" | none",
        "null | none"
      },
      delimiter = '|')
  void reads_whole_numbers(String number, String expected) {
    JsonScanner scanner = scan("{\"max_tokens\":" + number + "}");

    assertThat(scanner.problem()).isNull();
    assertThat(scanner.integer(MAX_TOKENS))
        .isEqualTo(expected.equals("none") ? Long.MIN_VALUE : Long.parseLong(expected));
  }

  @Test
  void reads_no_whole_number_from_a_literal_longer_than_it_keeps() {
    assertThat(maxTokens("1." + "0".repeat(62))).isEqualTo(1);
    assertThat(maxTokens("1." + "0".repeat(63))).isEqualTo(Long.MIN_VALUE);
  }

  private static long maxTokens(String number) {
    return scan("{\"max_tokens\":" + number + "}").integer(MAX_TOKENS);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "{\"model\":secret} | not JSON at byte 9",
        "{\"model\":tru0} | not JSON at byte 12",
        "[-] | not JSON at byte 2",
        "[\"secret | not JSON: it ends early, at byte 8",
        "{}{} | more than one JSON document at byte 2",
        "[\"\\ud83dsecret\"] | half a surrogate pair at byte 8",
        "{\"model\":1,\"model\":2} | the field \"model\" stands twice",
        "{\"parameters\":{\"MAX_TOKENS\":2}} | the field \"parameters.max_tokens\" is written in another case"
      },
      delimiter = '|',
      quoteCharacter = '`')
  void says_what_is_wrong_and_where_but_nothing_of_the_content(String document, String problem) {
    assertThat(scan(document).problem()).isEqualTo(problem);
    assertThat(byteByByte(document).problem()).isEqualTo(problem);
  }

  @Test
  void says_that_nothing_came() {
    assertThat(scan("").problem()).isEqualTo("empty, not JSON");
  }

  /** A6. */
  @Test
  void refuses_utf_16_and_utf_32_and_says_so() {
    Charset[] charsets = {
      UTF_16BE, UTF_16LE, Charset.forName("UTF-32BE"), Charset.forName("UTF-32LE")
    };
    for (Charset charset : charsets) {
      for (String text : new String[] {"{}", "\uFEFF{}", "\"a\"", "12", "\uFEFF[1]"}) {
        JsonScanner scanner = new JsonScanner(FIELDS);
        byte[] bytes = text.getBytes(charset);
        scanner.accept(bytes, 0, bytes.length);
        scanner.finish();
        assertThat(scanner.problem())
            .as("%s in %s", text, charset)
            .isEqualTo("UTF-16 or UTF-32, where UTF-8 is needed");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c0af",
        "e08080",
        "eda080",
        "f0808080",
        "f4908080",
        "f5808080",
        "80",
        "ff",
        "e4bd",
        "c2"
      })
  void refuses_ill_formed_utf_8_wherever_it_stands(String hex) {
    byte[] bad = HexFormat.of().parseHex(hex);
    for (String around : new String[] {"[\"|\"]", "{\"|\":1}", "{\"model\":\"|\"}", "[\"你|好\"]"}) {
      int hole = around.indexOf('|');
      JsonScanner scanner = new JsonScanner(FIELDS);
      byte[] before = around.substring(0, hole).getBytes(UTF_8);
      byte[] after = around.substring(hole + 1).getBytes(UTF_8);
      scanner.accept(before, 0, before.length);
      scanner.accept(bad, 0, bad.length);
      scanner.accept(after, 0, after.length);
      scanner.finish();
      assertThat(scanner.problem()).startsWith("not UTF-8 at byte ");
    }
  }

  @Test
  void nests_as_deep_as_allowed_and_no_deeper() {
    assertThat(scan("[".repeat(512) + "]".repeat(512)).problem()).isNull();
    assertThat(scan("{\"a\":".repeat(512) + "1" + "}".repeat(512)).problem()).isNull();
    assertThat(scan("[".repeat(513)).problem()).isEqualTo("more than 512 levels deep, at byte 512");
    assertThat(scanned(new JsonScanner(FIELDS, true, 1), "[[]]").problem())
        .isEqualTo("more than 1 levels deep, at byte 1");
  }

  @Test
  void tells_objects_from_arrays_at_every_depth() {
    assertThat(scan("[{\"a\":".repeat(100) + "1" + "}]".repeat(100)).problem()).isNull();
    for (int depth = 0; depth < 200; depth++) {
      StringBuilder ends = new StringBuilder("}]".repeat(100));
      ends.setCharAt(depth, ends.charAt(depth) == '}' ? ']' : '}');
      assertThat(scan("[{\"a\":".repeat(100) + "1" + ends).problem()).startsWith("not JSON");
    }
  }

  @Test
  void keeps_a_guarded_string_of_512_bytes_and_refuses_a_longer_one() {
    String longest = "名".repeat(170) + "ab";

    assertThat(scan("{\"model\":\"" + longest + "\"}").string(MODEL)).isEqualTo(longest);
    assertThat(scan("{\"model\":\"" + longest + "c\"}").problem())
        .isEqualTo("the field \"model\" is longer than 512 bytes");
    assertThat(
            scanned(JsonScanner.lenient(FIELDS), "{\"model\":\"" + "名".repeat(171) + "\"}")
                .string(MODEL))
        .isEqualTo("名".repeat(170));
  }

  @Test
  void counts_the_text_that_a_model_will_read() {
    assertThat(scan("{\"model\":\"left out\",\"a\":\"你好\",\"b\":[\"\\n\",12.5,true]}").textBytes())
        .isEqualTo(6 + 1 + 4);
    assertThat(scan("{\"parameters\":{\"max_tokens\":\"counted\"}}").textBytes()).isEqualTo(7);
    assertThat(scan("[\"data:" + "A".repeat(5000) + "\"]").textBytes()).isEqualTo(1024);
    assertThat(scan("[\"Data:" + "A".repeat(5000) + "\"]").textBytes()).isEqualTo(5005);
  }

  @Test
  void scans_ten_megabytes_of_base64_without_holding_them() {
    byte[] piece = new byte[8192];
    Arrays.fill(piece, (byte) 'A');
    scanPicture(piece);

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    JsonScanner scanner = scanPicture(piece);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(scanner.problem()).isNull();
    assertThat(scanner.position()).isGreaterThan(10 << 20);
    assertThat(allocated).isLessThan(4096);
  }

  private static JsonScanner scanPicture(byte[] piece) {
    JsonScanner scanner = new JsonScanner(FIELDS);
    byte[] before = "{\"url\":\"data:image/png;base64,".getBytes(UTF_8);
    scanner.accept(before, 0, before.length);
    for (int i = 0; i < (10 << 20) / piece.length; i++) {
      scanner.accept(piece, 0, piece.length);
    }
    byte[] after = "\",\"model\":\"m\"}".getBytes(UTF_8);
    scanner.accept(after, 0, after.length);
    scanner.finish();
    return scanner;
  }

  @Test
  void ignores_what_comes_after_a_problem_but_counts_it() {
    JsonScanner scanner = scan("nonsense");
    @Nullable String problem = scanner.problem();
    scanner.accept("{\"model\":\"a\"}".getBytes(UTF_8), 0, 13);

    assertThat(scanner.problem()).isEqualTo(problem);
    assertThat(scanner.position()).isEqualTo(21);
    assertThat(scanner.kind(MODEL)).isEqualTo(JsonKind.ABSENT);
  }

  @Test
  void gives_no_string_where_there_is_none() {
    assertThatThrownBy(() -> scan("{\"model\":1}").string(MODEL))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a..b", ".a", "a."})
  void refuses_fields_that_have_no_name(String path) {
    assertThatThrownBy(() -> Fields.of("model", path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refuses_fields_that_stand_twice() {
    assertThatThrownBy(() -> Fields.of("a.b", "a", "a.b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static JsonScanner scan(String document) {
    return scanned(new JsonScanner(FIELDS), document);
  }

  private static JsonScanner scanned(JsonScanner scanner, String document) {
    byte[] bytes = document.getBytes(UTF_8);
    scanner.accept(bytes, 0, bytes.length);
    scanner.finish();
    return scanner;
  }

  private static JsonScanner byteByByte(String document) {
    JsonScanner scanner = new JsonScanner(FIELDS);
    for (byte value : document.getBytes(UTF_8)) {
      scanner.accept(new byte[] {value}, 0, 1);
    }
    scanner.finish();
    return scanner;
  }
}
