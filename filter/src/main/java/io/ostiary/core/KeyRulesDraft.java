package io.ostiary.core;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the rules for all keys. */
final class KeyRulesDraft {

  private static final Choice<Boolean> YES_OR_NO = Choice.of("yes", true, "no", false);
  private static final String UNLIMITED = "off";
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final Section general;
  private final Problems problems;
  private final Values values;

  KeyRulesDraft(Section general, Problems problems, Values values) {
    this.general = general;
    this.problems = problems;
    this.values = values;
  }

  KeyRules rules(boolean admitsOnFailure) {
    boolean told = values.read(general, Setting.KEYS_TELL, YES_OR_NO);
    Given tell = general.get(Setting.KEYS_TELL);
    if (told && admitsOnFailure && tell != null) {
      problems.about(
          tell,
          "needs on-failure = refuse: a call that passed a failing guard could claim any key");
    }
    Given query = general.get(Setting.KEYS_QUERY);
    return new KeyRules(
        values.read(general, Setting.KEYS_FORWARD, YES_OR_NO),
        told,
        query == null ? null : values.readGiven(query, KeyRulesDraft::parameter),
        failures(),
        values.read(general, Setting.KEYS_SIGNATURE_AGE, KeyRulesDraft::age));
  }

  private static String parameter(String text) {
    boolean plain =
        !text.isEmpty()
            && text.length() <= 64
            && text.chars()
                .allMatch(c -> HeaderParameters.isToken((char) c) && "%+&=".indexOf(c) < 0);
    if (!plain) {
      throw new IllegalArgumentException("a parameter's name was expected, such as api_key");
    }
    return text;
  }

  private @Nullable Limit failures() {
    Given given = general.get(Setting.KEYS_FAILURES);
    String text = given == null ? Setting.KEYS_FAILURES.preset() : given.value();
    if (text.equals(UNLIMITED)) {
      return null;
    }
    return given == null ? budget(text) : values.readGiven(given, KeyRulesDraft::budget);
  }

  private static Limit budget(String text) {
    List<Limit> limits = LimitText.parse(text);
    Limit limit = limits.get(0);
    if (limits.size() > 1 || limit.kind().countsTokens() || limit.observed()) {
      throw new IllegalArgumentException(
          "one limit of requests was expected, such as rpm 60 burst 100, or " + UNLIMITED);
    }
    return limit;
  }

  private static Duration age(String text) {
    Duration age = Quantity.interval(text);
    if (age.compareTo(SHORTEST) < 0 || age.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a time from 1s to 1h was expected, such as 5m");
    }
    return age;
  }
}
