package io.ostiary.tests.fuzz;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A6, servlet-pitfalls 10 and 32: the guard and what stands behind it read one and the same call, or it is refused. */
class FuzzTest {

  @ParameterizedTest
  @EnumSource
  void no_parser_finds_another_model_and_no_path_another_servlet(FuzzedServer.Kind kind)
      throws Exception {
    try (FuzzedServer server = kind.start()) {
      new Fuzzing(server, "models", ModelGrammar::draw, new ModelOracle()).run();
      new Fuzzing(server, "paths", PathGrammar::draw, new PathOracle()).run();
    }
  }
}
