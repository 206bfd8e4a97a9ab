package io.ostiary.tests.fuzz;

/** Draws forms in parts, and how the head names their boundary. */
final class MultipartGrammar {

  private final Dice dice;
  private final String boundary;
  private final String plain;

  MultipartGrammar(Dice dice) {
    this.dice = dice;
    this.boundary =
        dice.mostly(
            10,
            "b0undary",
            "b",
            "\"b0undary\"",
            "b0undary ",
            "b,c",
            "--b",
            "'b'",
            "b;c",
            "\"b d\"");
    this.plain = boundary.replace("\"", "");
  }

  String type() {
    String parameter =
        dice.mostly(
            20,
            "boundary=" + boundary,
            "Boundary=" + boundary,
            "boundary=" + boundary + "; boundary=x",
            "boundary=x; boundary=" + boundary,
            "BOUNDARY = " + boundary,
            "boundary*=utf-8''" + plain,
            "charset=utf-16; boundary=" + boundary,
            "");
    return dice.mostly(
            25,
            "multipart/form-data",
            "Multipart/Form-Data",
            "multipart/mixed",
            "multipart/form-data ",
            "multipart/related")
        + "; "
        + parameter;
  }

  String body() {
    StringBuilder parts =
        new StringBuilder(
            dice.mostly(
                12, "", "{\"model\":\"beta\"}\r\n", "preamble", "preamble\r\n", "\r\n", "--x\r\n"));
    int count = 1 + dice.below(3);
    int named = dice.below(count);
    String end = dice.mostly(15, "\r\n", "\n", "\r");
    for (int i = 0; i < count; i++) {
      parts.append("--").append(plain).append(dice.mostly(15, "", " ", "\t", "x")).append(end);
      parts.append(partHead(i == named || dice.oneIn(8), end)).append(end);
      parts.append(
          dice.mostly(
              4,
              "alpha",
              "beta",
              "best",
              "worst",
              "team-a",
              "",
              "alpha\r\n",
              "alpha ",
              "alph\u00c3\u00a1",
              "alpha\r\n--" + plain + "x",
              "YWxwaGE=",
              "alph=61",
              "\u00ef\u00bb\u00bfalpha"));
      parts.append(end);
    }
    parts
        .append(
            dice.mostly(
                12,
                "--" + plain + "--",
                "",
                "--" + plain,
                "--" + plain + "-- ",
                "--" + plain + "--x",
                "--"
                    + plain
                    + "--"
                    + end
                    + "--"
                    + plain
                    + end
                    + "Content-Disposition: form-data; name=\"model\""
                    + end
                    + end
                    + "beta"
                    + end
                    + "--"
                    + plain
                    + "--"))
        .append(dice.mostly(5, end, "", "epilogue", end + end));
    return parts.toString();
  }

  private String partHead(boolean model, String end) {
    String name =
        model
            ? dice.mostly(
                8,
                "name=\"model\"",
                "name=model",
                "name='model'",
                "Name=\"model\"",
                "name=\"mod\\el\"",
                "name=\"model\"; name=\"a\"",
                "name=\"a\"; name=\"model\"",
                "name*=utf-8''model",
                "name=\"a\"; name*=utf-8''model",
                "name=\"model \"",
                "name=\" model\"",
                "name=\"Model\"",
                "name=\"mod%65l\"",
                "name=\"=?utf-8?B?bW9kZWw=?=\"",
                "name = \"model\"",
                "name=\"model",
                "name=\"model\\\"\"",
                "filename=\"name=\\\"model\\\"\"; name=\"a\"",
                "name=\"model\"; filename=\"f\"",
                "name=\"model\"; filename=\"\"",
                "name=\"model\"; filename",
                "name=\"a\";" + end + " name=\"model\"",
                "x=\"; name=\\\"model\\\"\"; name=a")
            : dice.of("name=\"a\"", "name=\"file\"; filename=\"f.wav\"", "name=\"b\"");
    String disposition =
        dice.mostly(
            20,
            "Content-Disposition: form-data; ",
            "content-disposition:form-data;",
            "Content-Disposition : form-data; ",
            "Content-Disposition: attachment; ",
            "Content-Disposition: ",
            " Content-Disposition: form-data; ",
            "Content-Disposition:" + end + " form-data; ",
            "X: y" + end + "Content-Disposition: form-data; ");
    String more =
        dice.mostly(
            6,
            "",
            "Content-Type: text/plain; charset=utf-16" + end,
            "Content-Type: text/plain" + end,
            "Content-Transfer-Encoding: base64" + end,
            "Content-Transfer-Encoding: quoted-printable" + end,
            "Content-Disposition: form-data; name=\"model\"" + end,
            "Content-Type: text/plain; charset=iso-8859-1" + end,
            "_charset_: utf-16" + end);
    return dice.oneIn(2) ? disposition + name + end + more : more + disposition + name + end;
  }
}
