package io.ostiary.core;

/** What a call takes, or is expected to take, in tokens; zero or more of each. */
record Tokens(long input, long output) {

  static final Tokens NONE = new Tokens(0, 0);

  /** Asks a unit whether it counts output. */
  static final Tokens OUTPUT_ONLY = new Tokens(0, 1);

  /** What a budget of a unit is asked for; a call is always one request, and never without a token in all. */
  long in(Limit.Unit unit) {
    return switch (unit) {
      case REQUESTS, RUNNING -> 1;
      case TOKENS -> input + output;
      case INPUT_TOKENS -> input;
      case OUTPUT_TOKENS -> output;
    };
  }

  long total() {
    return input + output;
  }
}
