package io.ostiary.core;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * The name of a setting, taken apart.
 *
 * @param of what the operator calls the thing that is set, or empty
 * @param glob the models that {@code key.TAG.limits.GLOB} or {@code key.TAG.state.GLOB} speaks of, or empty
 */
record SettingName(Setting setting, String of, String glob) {

  /** What the name means, or {@code null} if it is no setting. */
  static @Nullable SettingName parse(String name) {
    Setting single = Setting.of(name);
    if (single != null && single.isSingle()) {
      return new SettingName(single, "", "");
    }
    int dot = name.indexOf('.');
    if (dot < 0) {
      return null;
    }
    String rest = name.substring(dot + 1);
    return switch (name.substring(0, dot)) {
      case "alias" -> whole("alias.NAME", rest);
      case "limits" -> whole("limits.NAME", rest);
      case "endpoint" -> upTo(rest.lastIndexOf('.'), "endpoint.NAME", rest);
      case "model" -> upTo(rest.lastIndexOf('.'), "model.GLOB", rest);
      case "route" -> upTo(rest.indexOf('.'), "route.NAME", rest);
      case "key" -> ofKey(rest);
      default -> null;
    };
  }

  private static @Nullable SettingName ofKey(String rest) {
    int dot = rest.indexOf('.');
    SettingName onModel = onModel(rest, dot, ".limits.", Setting.KEY_MODEL_LIMITS);
    onModel = onModel != null ? onModel : onModel(rest, dot, ".state.", Setting.KEY_MODEL_STATE);
    return onModel != null ? onModel : upTo(dot, "key.TAG", rest);
  }

  private static @Nullable SettingName onModel(String rest, int dot, String word, Setting setting) {
    int glob = dot + word.length();
    return dot > 0 && rest.startsWith(word, dot) && rest.length() > glob
        ? new SettingName(setting, rest.substring(0, dot), rest.substring(glob))
        : null;
  }

  private static @Nullable SettingName whole(String pattern, String rest) {
    Setting setting = Setting.of(pattern);
    return setting == null || rest.isEmpty() ? null : new SettingName(setting, rest, "");
  }

  private static @Nullable SettingName upTo(int dot, String head, String rest) {
    if (dot <= 0) {
      return null;
    }
    Setting setting = Setting.of(head + rest.substring(dot));
    return setting == null ? null : new SettingName(setting, rest.substring(0, dot), "");
  }

  /** {@code ; did you mean …?}, with the operator's own names in the guess. */
  static String hint(String unknown) {
    int first = unknown.indexOf('.');
    int last = unknown.lastIndexOf('.');
    String rest = first < 0 ? "" : unknown.substring(first + 1);
    String middle = last > first ? unknown.substring(first + 1, last) : rest;
    List<String> candidates = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      String of = setting == Setting.ALIAS || setting == Setting.LIMITS ? rest : middle;
      if (setting.isSingle() || !of.isEmpty()) {
        candidates.add(
            setting.pattern().replaceFirst("NAME|TAG|GLOB", Matcher.quoteReplacement(of)));
      }
    }
    return Nearest.hint(unknown, candidates);
  }
}
