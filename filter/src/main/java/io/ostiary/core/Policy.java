package io.ostiary.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything the operator's file says, checked and immutable.
 *
 * @param mode what the guard does with its judgements
 * @param reloadInterval how often the file is looked at again; zero means never
 * @param trustedProxies whose forwarding headers are believed
 * @param admitsOnFailure whether a call passes when the guard itself fails
 * @param passesUnmatched whether paths that no route names are left alone
 * @param defaultDialect speaks where no route is known
 * @param defaultNormalise which errors from behind the guard are told in its words where no route is known
 * @param passesPreflights whether a CORS preflight needs no key
 * @param routes in the order of the file
 * @param models the models that exist here
 * @param aliases other names of models, resolved before anything is judged
 * @param endpoints custom endpoints by their name
 * @param modelLimits limits for a model, whoever calls it
 * @param serviceLimits limits for all guarded calls together
 * @param workspaces those that calls may name
 * @param keys in the order of the file
 * @param keyRules what holds for all keys
 * @param repairsText whether texts without a charset become UTF-8
 * @param estimate how tokens are estimated
 * @param vendorHeaders whether answers tell of budgets in the headers that the dialect's clients know
 * @param ietfHeaders whether answers tell of budgets in the headers of draft-ietf-httpapi-ratelimit-headers-10
 * @param service how many calls are worked on, and what becomes of the others
 */
record Policy(
    Mode mode,
    Duration reloadInterval,
    TrustedProxies trustedProxies,
    boolean admitsOnFailure,
    boolean passesUnmatched,
    Dialect defaultDialect,
    Normalise defaultNormalise,
    boolean passesPreflights,
    List<Route> routes,
    NameSet models,
    Map<String, String> aliases,
    Map<String, Endpoint> endpoints,
    List<NamedLimits> modelLimits,
    List<Limit> serviceLimits,
    Workspaces workspaces,
    List<Key> keys,
    KeyRules keyRules,
    boolean repairsText,
    Estimate estimate,
    boolean vendorHeaders,
    boolean ietfHeaders,
    Service service) {

  /** What the guard does with its judgements. */
  enum Mode {
    /** It refuses. */
    ENFORCE(""),
    /** It only says what it would refuse. */
    OBSERVE("ONLY OBSERVING, NOTHING IS REFUSED (mode = observe): "),
    /** It judges nothing. */
    OFF("NOTHING IS GUARDED (mode = off): ");

    private final String alarm;

    Mode(String alarm) {
      this.alarm = alarm;
    }

    /**
     * Tells the operator something; loudly, and with what it comes to, where nobody is kept out.
     *
     * @param verb said only of a guard that refuses
     */
    void tell(Log log, String verb, String what) {
      if (alarm.isEmpty()) {
        log.info(verb + what);
      } else {
        log.warn(alarm + what);
      }
    }
  }

  boolean guarding() {
    return mode != Mode.OFF;
  }

  boolean observing() {
    return mode == Mode.OBSERVE;
  }

  /** What there is of it, in a few words for the operator: {@code keys: 3, routes: 2}. */
  String counts() {
    long observed = keys.stream().filter(Key::observed).count();
    return "keys: "
        + keys.size()
        + (observed == 0 ? "" : " (only observed: " + observed + ")")
        + ", routes: "
        + routes.size();
  }
}
