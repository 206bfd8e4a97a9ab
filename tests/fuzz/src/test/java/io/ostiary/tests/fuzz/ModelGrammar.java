package io.ostiary.tests.fuzz;

import io.ostiary.tests.contract.Keys;

/** Draws calls of the narrow key, which may call alpha, on every kind of route. */
final class ModelGrammar {

  private ModelGrammar() {}

  static Case draw(Dice dice) {
    String path =
        dice.of(
            "/json",
            "/json",
            "/json",
            "/json-query-header",
            "/json-query-header",
            "/form",
            "/form",
            "/form-json-header",
            "/form-json-header",
            "/query",
            "/header");
    boolean asked = path.contains("query") ? !dice.oneIn(4) : dice.oneIn(12);
    Case.Draft draft =
        new Case.Draft(
            dice.mostly(30, "POST", "PUT", "GET", "PATCH", "DELETE"),
            path + (asked ? "?" + query(dice) : ""));
    draft.header("Authorization", "Bearer " + Keys.secretOf("narrow"));
    draft.header("X-Read", dice.of("stream", "stream", "reader"));
    boolean headed = path.contains("header") ? !dice.oneIn(4) : dice.oneIn(12);
    for (int i = headed ? dice.mostly(10, 1, 2) : 0; i > 0; i--) {
      draft.header(
          dice.mostly(10, "X-Model", "x-model", "X-MODEL", "X_Model"),
          dice.mostly(
              4,
              "alpha",
              "beta",
              "best",
              "worst",
              "team-a",
              "alpha, beta",
              "alpha ",
              " alpha",
              "\"alpha\"",
              "",
              "al\tpha",
              "alpha\u00e9",
              "alpha\u00a0",
              "=?utf-8?q?beta?=",
              "alpha;beta",
              "ALPHA"));
    }
    BodyGrammar body = new BodyGrammar(dice, draft);
    if (path.startsWith("/form") ? !dice.oneIn(6) : dice.oneIn(12)) {
      if (dice.oneIn(2)) {
        body.form();
      } else {
        body.multipart();
      }
    } else if (path.contains("json") || dice.oneIn(6)) {
      body.json();
    } else {
      draft.header("Content-Length", "0");
    }
    return draft.done();
  }

  private static String query(Dice dice) {
    StringBuilder query =
        new StringBuilder(BodyGrammar.pair(dice).replaceAll("[ #]|[^\\x21-\\x7e]", "%20"));
    while (dice.oneIn(6)) {
      query
          .append(dice.mostly(10, "&", ";", "&&", "?"))
          .append(BodyGrammar.pair(dice).replaceAll("[ #]|[^\\x21-\\x7e]", "%20"));
    }
    return query.toString();
  }
}
