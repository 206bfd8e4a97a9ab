package io.ostiary.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides under which {@link Veil} a call reaches the app. */
final class Veils {

  private static final List<String> KEYLESS = Credential.HEADERS;
  private static final List<String> KEYLESS_AND_TOLD = withTold();

  private Veils() {}

  private static List<String> withTold() {
    List<String> headers = new ArrayList<>(KEYLESS);
    headers.addAll(Veil.STRIPPED.headers());
    return List.copyOf(headers);
  }

  /**
   * The veil of a call that is let in.
   *
   * @param tag of its key, or {@code null} if it has none that was accepted
   */
  static Veil of(InForce now, Call call, @Nullable Route route, @Nullable String tag) {
    KeyRules rules = now.policy.keyRules();
    boolean spared = !rules.forwarded() && route != null && carriesKey(now, call, route);
    if (!rules.told()) {
      return spared ? new Veil(KEYLESS, rules.query(), null) : Veil.NONE;
    }
    if (spared) {
      return new Veil(KEYLESS_AND_TOLD, rules.query(), tag);
    }
    return tag == null ? Veil.STRIPPED : new Veil(Veil.STRIPPED.headers(), null, tag);
  }

  /** The veil of a call that the server has answered with an error before the guard could judge it: it is nobody's. */
  static Veil ofUnjudged(InForce now, Call call) {
    KeyRules rules = now.policy.keyRules();
    boolean spared =
        !rules.forwarded()
            && now.policy.guarding()
            && carriesKey(now, Credential.of(call, now.bareWays));
    if (!spared) {
      return rules.told() ? Veil.STRIPPED : Veil.NONE;
    }
    return new Veil(rules.told() ? KEYLESS_AND_TOLD : KEYLESS, rules.query(), null);
  }

  /** On a route that needs none, a credential is the app's own unless the policy knows the key, or cannot tell which is meant. */
  private static boolean carriesKey(InForce now, Call call, Route route) {
    if (route.keyed()) {
      return true;
    }
    return carriesKey(
        now, Credential.of(call, route.dialect().takesBareKey() ? now.bareWays : now.ways));
  }

  private static boolean carriesKey(InForce now, Credential credential) {
    String text = credential.text();
    return credential.refusal() == Reason.KEY_CONFLICT
        || credential.signed()
        || (text != null && now.caller(Digest.of(text)) != null);
  }

  /** What becomes of a call that the policy does not speak of. */
  static Decision untouched(KeyRules rules, Call call) {
    return rules.told() && Veil.isClaimed(call)
        ? Decision.Admit.STRIPPED
        : Decision.Admit.UNTOUCHED;
  }

  /**
   * Whether a call claims a key in the header that only the guard may set, and leaves HTTP for another protocol: containers show
   * the head of such a request to the app past every wrapper, so that it cannot be hidden.
   */
  static boolean isTorn(KeyRules rules, Call call) {
    return rules.told()
        && Veil.isClaimed(call)
        && (call.header("Upgrade") != null || call.method().equals("CONNECT"));
  }
}
