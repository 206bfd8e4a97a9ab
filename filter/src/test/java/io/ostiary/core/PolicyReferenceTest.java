package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The operator's reference is the code's own list of settings. */
class PolicyReferenceTest {

  private static final Path PAGE = Path.of("..", "docs", "policy.md");
  private static final String BEGIN = "writes it again -->\n";
  private static final String END = "<!-- /settings -->";
  private static final Map<String, String> HEADINGS =
      Map.of(
          "", "The guard as a whole",
          "route", "Routes",
          "alias", "Models, custom endpoints and limits",
          "key", "Keys");

  @Test
  void documents_every_setting_as_the_code_has_it() throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    int to = page.indexOf(END);
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, page.substring(0, from) + reference() + page.substring(to));
      return;
    }

    assertThat(page.substring(from, to)).isEqualTo(reference());
  }

  /** An example that does not work would be worse than none. */
  @ParameterizedTest
  @EnumSource(Setting.class)
  void gives_examples_that_work(Setting setting, @TempDir Path temp) {
    PolicyFolder folder = new PolicyFolder(temp);
    folder.environment.put("ACME_KEY", "sk-1");
    List<String> lines =
        new ArrayList<>(
            List.of(
                "route.chat.paths = /chat",
                "route.chat.model = body model",
                "key.other.sha256 = " + "a".repeat(64),
                "endpoint.team-a.model = m",
                "limits.gold = rpm 1",
                "key.other.limits = gold"));
    String name = name(setting);
    lines.removeIf(line -> line.startsWith(name + " "));
    lines.add(name + " = " + SettingGuide.of(setting).example());
    switch (setting) {
      case ROUTE_KEY -> lines.remove("route.chat.model = body model");
      case KEY_SECRET -> lines.add("allow-plain-text-keys-in-this-file = yes-i-know");
      case TRUSTED_PROXIES_HEADER -> lines.add("trusted-proxies = 127.0.0.1");
      case KEY_EAS_TOKEN ->
          // There is no such file here, and the token has to come from one.
          lines.replaceAll(
              line ->
                  line.replace("/run/secrets/eas-token", folder.write("t", "tok").folder + "/t"));
      case WORKSPACES_HEADER -> lines.add("workspaces = ws-1");
      case ROUTE_REFUSED_WORDS, ROUTE_CUSTOM_WORDS ->
          folder.write(SettingGuide.of(setting).example(), "word\n");
      case ENDPOINT_LIMITS -> lines.add("endpoint.e.model = m");
      case LIMITS -> lines.add("service.limits = one");
      case KEY_SHA256, KEY_ANONYMOUS -> {}
      case SERVICE_QUEUE, SERVICE_QUEUE_WAIT, SERVICE_THREADS, SERVICE_DRAIN ->
          lines.add("service.workers = 5");
      default -> lines.add("key.acme.sha256 = " + "b".repeat(64));
    }
    if (setting.pattern().startsWith("endpoint") || setting == Setting.MODELS) {
      lines.replaceAll(line -> line.replace("team-a.model = m", "team-a.model = qwen-max"));
    }

    assertThat(folder.problems(String.join("\n", lines))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void is_read_by_the_name_it_has(Setting setting) {
    SettingName name = SettingName.parse(name(setting));

    assertThat(name).isNotNull().extracting(SettingName::setting).isEqualTo(setting);
  }

  /** The page's own first example is a policy. */
  @Test
  void begins_with_a_policy_that_works(@TempDir Path temp) throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf("```properties\n") + "```properties\n".length();

    assertThat(new PolicyFolder(temp).problems(page.substring(from, page.indexOf("```", from))))
        .isEmpty();
  }

  @Test
  void speaks_of_no_setting_that_is_not_there() {
    for (String name : SettingGuide.names()) {
      assertThat(Setting.of(name)).as(name).isNotNull();
    }
  }

  private static String name(Setting setting) {
    String of = setting.pattern().startsWith("route") ? "chat" : "acme";
    return switch (setting) {
      case ALIAS -> "alias.other";
      case LIMITS -> "limits.one";
      case ENDPOINT_MODEL, ENDPOINT_LIMITS -> setting.pattern().replace("NAME", "e");
      case MODEL_LIMITS -> "model.qwen-*.limits";
      case KEY_MODEL_LIMITS -> "key.acme.limits.qwen-*";
      case KEY_MODEL_STATE -> "key.acme.state.qwen-*";
      default -> setting.pattern().replaceAll("NAME|TAG", of);
    };
  }

  private static String reference() {
    StringBuilder text = new StringBuilder();
    String section = "none yet";
    for (Setting setting : Setting.values()) {
      String sort = sort(setting);
      if (HEADINGS.containsKey(sort) && !sort.equals(section)) {
        section = sort;
        text.append("\n### ").append(HEADINGS.get(sort)).append('\n');
      }
      entry(setting, text);
    }
    return text.append('\n').toString();
  }

  private static void entry(Setting setting, StringBuilder text) {
    text.append("\n**`")
        .append(setting.pattern())
        .append("`**")
        .append(" — ")
        .append(SettingGuide.of(setting).meaning());
    text.append("\n  Takes ").append(SettingGuide.of(setting).takes()).append(". ");
    String absence = SettingGuide.of(setting).absence(setting);
    boolean required = absence.startsWith("required");
    text.append(required ? "R" + absence.substring(1) : "If left out: " + absence);
    text.append(". Example: `")
        .append(name(setting))
        .append(" = ")
        .append(SettingGuide.of(setting).example());
    text.append("`\n");
  }

  private static String sort(Setting setting) {
    String head = setting.pattern().substring(0, Math.max(0, setting.pattern().indexOf('.')));
    return setting.pattern().equals(setting.pattern().toLowerCase(Locale.ROOT)) ? "" : head;
  }
}
