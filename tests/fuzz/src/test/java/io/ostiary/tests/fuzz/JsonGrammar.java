package io.ostiary.tests.fuzz;

/** Draws JSON that says {@code model} in honest and in devious ways. The text has one character an octet of UTF-8 to be. */
final class JsonGrammar {

  private final Dice dice;

  /** One in how many choices is an odd one; honest documents have none. */
  private final int oddity;

  JsonGrammar(Dice dice) {
    this.dice = dice;
    this.oddity = dice.of(6, 20, 60, 1_000_000);
  }

  String document() {
    String document = object(0);
    if (dice.oneIn(oddity)) {
      document =
          dice.of(
              "[" + document + "]",
              document + object(0),
              document + "\n" + object(0),
              document
                  + dice.of(",", "}", "]", "\0", "x", "//x", "/*x*/", "null", "\u001a", "\u0000{}"),
              dice.of(
                      ")]}'\n",
                      "while(1);",
                      "\ufeff",
                      "\ufeff\ufeff",
                      "\u000b",
                      "\u00a0",
                      "#x\n",
                      "//x\n",
                      "/**/",
                      "{}",
                      "null ",
                      "\0",
                      "\ufffe")
                  + document,
              document.substring(0, dice.below(document.length())),
              document.substring(dice.below(3)),
              "\"" + document.replace("\"", "\\\"") + "\"",
              "(" + document + ")",
              "callback(" + document + ")");
    }
    return space() + document + space();
  }

  private String object(int depth) {
    StringBuilder object = new StringBuilder("{");
    int members = 1 + dice.below(4);
    int named = depth == 0 ? dice.below(members) : -1;
    for (int i = 0; i < members; i++) {
      object.append(space());
      if (i == named || dice.oneIn(oddity)) {
        object.append(modelMember());
      } else {
        object.append(otherMember(depth));
      }
      object.append(space());
      if (i < members - 1) {
        object.append(dice.mostly(oddity, ",", "", ";", ",,", "\n", ", ,"));
      } else {
        object.append(dice.mostly(oddity, "", ",", ";"));
      }
    }
    return object.append(dice.mostly(oddity * 2, "}", "", "]", "}}")).toString();
  }

  private String modelMember() {
    return name() + space() + dice.mostly(oddity, ":", "=", "=>", "::", " ") + space() + value();
  }

  private String name() {
    return dice.mostly(
        Math.min(oddity, 8),
        "\"model\"",
        "\"" + escaped("model") + "\"",
        "\"" + escaped("model") + "\"",
        "\""
            + dice.of(
                "Model",
                "MODEL",
                "model ",
                " model",
                "mode",
                "models",
                "model\\u0000",
                "model\0",
                "mod\\/el",
                "\\model",
                "mod\\el",
                "model\\",
                "mo\\u0064\\u0065l",
                "model\\ud800",
                "\ufeffmodel",
                "model.name",
                "m\u0000odel",
                "MODE\u212a",
                "mode\\u217c")
            + "\"",
        "'model'",
        "'" + escaped("model") + "'",
        "model",
        "`model`",
        "\"mod\u0080el\"",
        "\"\u00c1\u00adodel\"",
        "\"mode\u00ec\"",
        "\"mode\\u{6c}\"",
        "\"mode\\x6c\"",
        "\"mode\\154\"",
        "\"mode\\U006c\"",
        "\"mode\\u 06c\"",
        "\"mode\\u06c\"",
        "\"model");
  }

  private String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      escaped.append(
          dice.oneIn(3)
              ? String.format(dice.of("\\u%04x", "\\u%04X"), (int) c)
              : String.valueOf(c));
    }
    return escaped.toString();
  }

  private String value() {
    String named = dice.mostly(3, "alpha", "beta", "best", "worst", "team-a", "team-b");
    String quoted = "\"" + named + "\"";
    return dice.mostly(
        Math.min(oddity, 8),
        quoted,
        "\"" + escaped(named) + "\"",
        "'" + named + "'",
        named,
        "\""
            + named
            + dice.of(
                " ",
                "\\u0000",
                "\0",
                "\\n",
                "\n",
                "\\ud800",
                "\\udc00\\ud800",
                "\u00ff",
                "\u00c0\u0080",
                "\\",
                "\u0080",
                "\u00ed\u00a0\u0080",
                "\u00e2\u0080\u008b",
                "\\/",
                "\\a",
                "\\\n",
                "\u001f",
                "\u007f")
            + "\"",
        "\""
            + dice.of(
                "Alpha",
                "ALPHA",
                " alpha",
                "alph\u00c3\u00a1",
                "\u00c1\u00a1lpha",
                "\u00c3\u0081lpha",
                "al\\pha",
                "",
                "null")
            + "\"",
        "null",
        "true",
        "1",
        "1e5",
        "-0",
        "NaN",
        "[]",
        "{}",
        "[" + quoted + "]",
        "{\"id\":" + quoted + "}",
        "{\"model\":" + quoted + "}",
        quoted + quoted,
        quoted + "+" + quoted,
        "\"" + named,
        quoted + "/*" + quoted + "*/",
        "/*" + quoted + "*/" + quoted,
        "0" + quoted,
        "");
  }

  private String otherMember(int depth) {
    String name =
        dice.of(
            "\"a\"",
            "\"messages\"",
            "\"stream\"",
            "\"n\"",
            "\"\"",
            "\"input\"",
            "\"mode\"",
            "\"modelx\"",
            "\"\\u006d\"",
            "\"\\\"model\\\"\"");
    return name + space() + ":" + space() + otherValue(depth);
  }

  private String otherValue(int depth) {
    if (depth < 4 && dice.oneIn(3)) {
      return dice.of(
          object(depth + 1),
          "[" + object(depth + 1) + "," + object(depth + 1) + "]",
          "{\"model\":\"beta\"}",
          "[{\"model\":\"beta\"}]");
    }
    if (dice.oneIn(200)) {
      int deep = 1 << dice.below(12);
      return "[".repeat(deep) + "]".repeat(deep - (dice.oneIn(4) ? 1 : 0));
    }
    return dice.mostly(
        Math.max(3, oddity / 2),
        dice.of(
            "1",
            "\"x\"",
            "true",
            "[]",
            "\"\\\",\\\"model\\\":\\\"beta\\\"\"",
            "\"\\\\\"",
            "null",
            "-1.5e-3",
            "\"\\ud83d\\ude42\"",
            "\"\u00e4\u00bd\u00a0\""),
        "NaN",
        "-Infinity",
        "Infinity",
        "+1",
        ".5",
        "5.",
        "01",
        "0x1F",
        "1e999999",
        "1".repeat(400),
        "1" + "0".repeat(1200),
        "-",
        "1e",
        "tru",
        "TRUE",
        "True",
        "undefined",
        "'x'",
        "'\",\"model\":\"beta'",
        "\"\\'\"",
        "\"\\x\"",
        "\"\t\"",
        "\"\n\"",
        "\"\\\",\"model\":\"beta\"",
        "\"\\\\\",\"model\":\"beta\"",
        "\"\\\\\\\",\"model\":\"beta\"",
        "\"\\ud800\"",
        "\"\u00ff\"",
        "\"\u00ed\u00a0\u0080\"",
        "\"\u00c0\u00a2,\"",
        "\"\\u00\"",
        "\"\\u002\",\"model\":\"beta\"",
        "/*\"*/1",
        "1//,\n",
        "1#,\"model\":\"beta\"\n",
        "[,]",
        "[1,]",
        "[,1]",
        "{,}",
        "[1 2]",
        "[",
        "{",
        "]",
        "1,\"\":{}",
        "1}",
        "\"\0\"",
        "",
        "new Date()",
        "function(){}");
  }

  private String space() {
    if (!dice.oneIn(8)) {
      return "";
    }
    return dice.mostly(
        oddity,
        dice.of(" ", "\n", "\t", "\r\n", "   "),
        "/**/",
        "//\n",
        "#\n",
        "//\r",
        "/*\n*/",
        "\f",
        "\u000b",
        "\u00a0",
        "\u00c2\u00a0",
        "\u00e2\u0080\u00a8",
        "\u00ef\u00bb\u00bf",
        "\0",
        "\u001c",
        "\u0085",
        "\\",
        "<!--",
        "/* \"model\":\"beta\" */",
        "//\"model\":\"beta\"\n",
        "/*",
        "--");
  }
}
