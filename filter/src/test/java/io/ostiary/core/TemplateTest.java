package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TemplateTest {

  @Test
  void takes_text_and_places_apart() {
    assertThat(Template.of("The model {model} at {path}.").pieces())
        .containsExactly(
            new Template.Literal("The model "),
            new Template.Place("model"),
            new Template.Literal(" at "),
            new Template.Place("path"),
            new Template.Literal("."));
  }

  @Test
  void a_brace_without_a_letter_after_it_stands_for_itself() {
    assertThat(Template.of("{\"a\":{ }, {}{1} {").pieces())
        .containsExactly(new Template.Literal("{\"a\":{ }, {}{1} {"));
    assertThat(Template.of("{{code}}").pieces())
        .containsExactly(
            new Template.Literal("{"), new Template.Place("code"), new Template.Literal("}"));
  }

  @Test
  void a_place_that_does_not_close_is_badly_named() {
    Template.Place open = Template.of("a {model").places().get(0);
    Template.Place wide = Template.of("a {model of} b").places().get(0);

    assertThat(open.isWellNamed()).isFalse();
    assertThat(wide.isWellNamed()).isFalse();
  }

  @Test
  void nothing_is_nothing() {
    assertThat(Template.of("").pieces()).isEmpty();
  }
}
