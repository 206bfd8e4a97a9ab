package io.ostiary.core;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The workspaces that calls may name, as clients of Model Studio do in a header.
 *
 * @param known those that exist here
 * @param header in which a call names one
 */
record Workspaces(NameSet known, String header) {

  /** What a call without a name is in: it stands on a key's list like a name. */
  static final String DEFAULT = "default";

  private static final int LONGEST = 128;

  /** Whether a name is one that a header can carry without a second reading. */
  static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST
        && name.chars().allMatch(c -> isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Whether there is nothing to judge in calls with a key. */
  boolean areOpenTo(Key key) {
    return known.isAny() && key.workspaces().isAny();
  }

  /** The workspace that a call names; {@code null} if it names two, or what is no name. */
  @Nullable String named(Call call) {
    Iterator<String> lines = call.headers(header);
    String name = lines.hasNext() ? lines.next().strip() : "";
    if (lines.hasNext()) {
      return null;
    }
    return name.isEmpty() ? DEFAULT : isName(name) ? name : null;
  }

  /** Why a call in this workspace is refused to a key, or {@code null} if it is not. */
  @Nullable Reason refusal(String name, Key key) {
    if (!name.equals(DEFAULT) && !known.contains(name)) {
      return Reason.WORKSPACE_UNKNOWN;
    }
    return key.workspaces().contains(name) ? null : Reason.WORKSPACE_NOT_ALLOWED;
  }
}
