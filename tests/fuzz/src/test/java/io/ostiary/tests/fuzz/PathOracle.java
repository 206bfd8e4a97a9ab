package io.ostiary.tests.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Nobody without a key is served at a guarded path, and nobody with the narrow key another model than alpha. */
final class PathOracle implements Oracle {

  private static final Pattern GUARDED =
      Pattern.compile(
          "/v1/chat/completions/?|/guarded(/.*)?|/score/run\\.predict/?|/v2/models/[^/]*/infer/?");
  private static final Pattern MODEL =
      Pattern.compile("/v2/models/([^/]*)/infer/?", Pattern.CASE_INSENSITIVE);

  @Override
  public String wrong(Case asked, Connection.Answer answer) {
    String[] lines = answer.text().split("\n", -1);
    boolean keyed =
        new String(asked.wire(), StandardCharsets.ISO_8859_1).contains("\r\nAuthorization: ");
    List<String> wrong = new ArrayList<>();
    if (!keyed && (lines[0].equals("exact") || lines[0].equals("prefix"))) {
      wrong.add("served by " + lines[0]);
    }
    for (int i = 1; i < lines.length; i++) {
      if (!keyed && GUARDED.matcher(lines[i].toLowerCase(Locale.ROOT)).matches()) {
        wrong.add(lines[0] + " reads " + lines[i]);
      }
      // Whoever leaves parameters in a model's name finds no model of that name.
      Matcher model = MODEL.matcher(lines[i]);
      if (keyed && model.matches() && !model.group(1).replaceFirst(";.*", "").equals("alpha")) {
        wrong.add(lines[0] + " reads the model of " + lines[i]);
      }
    }
    return wrong.isEmpty() ? null : String.join(", ", wrong);
  }
}
