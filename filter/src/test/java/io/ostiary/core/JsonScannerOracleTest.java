package io.ostiary.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A6: the scanner and Jackson's parser read the same from every document, however it is cut. */
class JsonScannerOracleTest {

  private static final Fields FIELDS =
      Fields.of(
          "model",
          "max_tokens",
          "parameters.max_tokens",
          "usage.total_tokens",
          "usage",
          "stream",
          "stream_options.include_usage",
          "模型");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"qwen-max\",\"max_tokens\":16,\"stream\":true}",
        "\uFEFF{\"model\":\"你好🙂\"}",
        "{\"mod\\u0065l\":\"\\u4f60\\ud83d\\ude42\\n\"}",
        "{\"parameters\":{\"max_tokens\":1e3},\"usage\":{\"total_tokens\":100.0}}",
        "{\"a\":[{\"model\":1},[\"model\"]],\"model\":null,\"usage\":[{\"total_tokens\":1}]}",
        "{\"usage\":{\"total_tokens\":1,\"x\":{\"total_tokens\":2}},\"stream_options\":{\"include_usage\":false}}",
        "{\"usage\":{\"total_tokens\":1},\"usage\":{}}",
        "{\"model\":\"a\",\"model\":\"b\"}",
        "{\"Model\":\"a\"}",
        "{\"max_to\u212Aens\":1}",
        "{\"模型\":\"千问\"}",
        " [ -0.0e-0 , 1.5E+9 , true , false , null , \"\" , {} , [ ] ] ",
        "42",
        "\"text\"",
        "null",
        "-",
        "01",
        "1.",
        "1e",
        ".5",
        "+1",
        "tru",
        "nulll",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\"}",
        "{a:1}",
        "[1 2]",
        "[1}",
        "{} {}",
        "{}x",
        "[\"\t\"]",
        "[\"\\x\"]",
        "[\"\\u12G4\"]",
        "[\"\\ud83d\"]",
        "[\"\\ude42\\ud83d\"]",
        "[\"\\ud83d\\n\"]",
        "[\"\\ud83d\\u0041\"]",
        "\uFEFF\uFEFF{}",
        "{}\uFEFF",
        "",
        "  ",
        "\u00A0{}",
        "// {}",
        "[\"unclosed",
        "{\"model\":\"qwen"
      })
  void reads_a_document_cut_anywhere_as_jackson_reads_it_whole(String text) {
    byte[] document = text.getBytes(UTF_8);

    for (int cut = 0; cut <= document.length; cut++) {
      compare(document, cut, "cut at " + cut);
    }
    compare(document, -1, "byte by byte");
  }

  @Test
  void reads_random_documents_as_jackson_does() {
    compareMany(50_000, false);
  }

  @Test
  void reads_randomly_damaged_documents_as_jackson_does() {
    compareMany(100_000, true);
  }

  private static void compareMany(int cases, boolean damage) {
    long seed = Long.getLong("ostiary.seed", System.nanoTime());
    Random random = new Random(seed);
    JsonDocuments documents = new JsonDocuments(random);
    int valid = 0;
    for (int i = 0; i < cases; i++) {
      byte[] document = documents.valid();
      if (damage) {
        document = documents.damaged(document);
      }
      String name = "-Dostiary.seed=" + seed + ", case " + i;
      valid += compare(document, random.nextInt(document.length + 1), name) ? 1 : 0;
    }
    assertThat(valid).as("valid documents").isBetween(cases / 20, damage ? cases / 2 : cases);
  }

  /** Compares both kinds of scanner with the oracle; true if the document is JSON. */
  private static boolean compare(byte[] document, int cut, String name) {
    JsonOracle oracle = JsonOracle.read(FIELDS, document);
    JsonScanner strict = scanned(new JsonScanner(FIELDS), document, cut);
    JsonScanner lenient = scanned(JsonScanner.lenient(FIELDS), document, cut);

    if ((strict.problem() == null) != (oracle.isValid() && !oracle.isDoubtful())
        || (lenient.problem() == null) != oracle.isValid()) {
      assertThat(new String(document, UTF_8))
          .as(name + ": strict " + strict.problem() + ", lenient " + lenient.problem())
          .isEqualTo("valid: " + oracle.isValid() + ", doubtful: " + oracle.isDoubtful());
    }
    if (strict.problem() == null) {
      compareValues(strict, oracle, name, document);
    }
    if (oracle.isValid()) {
      compareValues(lenient, oracle, name, document);
    }
    return oracle.isValid();
  }

  private static void compareValues(
      JsonScanner scanner, JsonOracle oracle, String name, byte[] document) {
    String found = "";
    String expected = "";
    for (int i = 0; i < FIELDS.size(); i++) {
      found += i + " " + scanner.kind(i) + " " + scanner.integer(i) + " " + scanner.bool(i);
      expected += i + " " + oracle.kind(i) + " " + oracle.integer(i) + " " + oracle.bool(i);
      if (oracle.kind(i) == JsonKind.STRING) {
        found += " " + scanner.string(i) + "\n";
        expected += " " + cut(oracle.string(i)) + "\n";
      }
    }
    found += " text " + scanner.textBytes();
    expected += " text " + oracle.textBytes();
    assertThat(found).as("%s: %s", name, new String(document, UTF_8)).isEqualTo(expected);
  }

  /** As many whole characters as fit what a scanner keeps. */
  private static String cut(String text) {
    String cut = text;
    while (cut.getBytes(UTF_8).length > JsonScanner.LONGEST_STRING) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }

  /** Gives each piece in an array of its own, between bytes that must not be looked at. */
  private static JsonScanner scanned(JsonScanner scanner, byte[] document, int cut) {
    if (cut < 0) {
      for (int i = 0; i < document.length; i++) {
        accept(scanner, document, i, i + 1);
      }
    } else {
      accept(scanner, document, 0, cut);
      accept(scanner, document, cut, document.length);
    }
    scanner.finish();
    assertThat(scanner.position()).isEqualTo(document.length);
    return scanner;
  }

  private static void accept(JsonScanner scanner, byte[] document, int from, int to) {
    byte[] piece = new byte[to - from + 4];
    Arrays.fill(piece, (byte) '"');
    System.arraycopy(document, from, piece, 2, to - from);
    scanner.accept(piece, 2, to - from);
  }
}
