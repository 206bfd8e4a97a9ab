package io.ostiary.core;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the keys. */
final class KeyDraft {

  private static final Choice<Key.State> STATES = Choice.of(Key.State.values());
  private static final Choice<Priority> PRIORITIES = Choice.of(Priority.values());
  private static final int MOST_DIGESTS = 2;

  /** The last second of the year 9999. */
  private static final Instant END = Instant.ofEpochSecond(253_402_300_799L);

  private final Problems problems;
  private final Values values;
  private final ModelNames models;
  private final LimitSets limits;
  private final WorkspacesDraft workspaces;
  private final Set<String> routes = new HashSet<>();
  private final boolean plainTextAllowed;
  private final EasTokenDraft easTokens;
  private final Map<Digest, String> owners = new HashMap<>();
  private @Nullable String anonymous;

  KeyDraft(
      Problems problems,
      Values values,
      ModelNames models,
      LimitSets limits,
      WorkspacesDraft workspaces,
      List<Route> routes,
      boolean plainTextAllowed) {
    this.problems = problems;
    this.values = values;
    this.models = models;
    this.limits = limits;
    this.workspaces = workspaces;
    this.plainTextAllowed = plainTextAllowed;
    this.easTokens = new EasTokenDraft(problems);
    routes.forEach(route -> this.routes.add(route.name()));
  }

  List<Key> keys(List<Section> sections) {
    List<Key> keys = new ArrayList<>(sections.size());
    for (Section section : sections) {
      NameRule.check(section, "key", problems);
      keys.add(key(section));
    }
    return keys;
  }

  private Key key(Section section) {
    Given ips = section.get(Setting.KEY_IPS);
    Given expires = section.get(Setting.KEY_EXPIRES);
    boolean isAnonymous = values.read(section, Setting.KEY_ANONYMOUS, Choice.TRUTH);
    List<EasToken> tokens = easTokens.read(section.get(Setting.KEY_EAS_TOKEN));
    return new Key(
        section.name(),
        isAnonymous ? none(section) : digests(section, tokens),
        tokens,
        ips == null ? AddressSet.ANY : values.addresses(ips),
        models.modelList(section.get(Setting.KEY_MODELS)),
        models.endpointList(section.get(Setting.KEY_ENDPOINTS)),
        routes(section.get(Setting.KEY_ROUTES)),
        limits.read(section.get(Setting.KEY_LIMITS)),
        modelLimits(section),
        modelStates(section),
        expires == null ? null : values.readGiven(expires, KeyDraft::moment),
        values.read(section, Setting.KEY_STATE, STATES),
        workspaces.list(section.get(Setting.KEY_WORKSPACES)),
        isAnonymous,
        values.read(section, Setting.KEY_MODE, Choice.of("enforce", false, "observe", true)),
        values.read(section, Setting.KEY_HARD_STOP, Choice.TRUTH),
        values.read(section, Setting.KEY_PRIORITY, PRIORITIES));
  }

  private List<Digest> none(Section section) {
    String name = "key." + section.name();
    Given given = section.get(Setting.KEY_ANONYMOUS);
    Place place = given == null ? section.place() : given.place();
    if (section.has(Setting.KEY_SHA256)
        || section.has(Setting.KEY_SECRET)
        || section.has(Setting.KEY_EAS_TOKEN)) {
      problems.at(place, name + ": an anonymous key has neither sha256 nor secret nor eas-token");
    }
    if (anonymous != null) {
      problems.at(place, name + ": " + anonymous + " is the anonymous key already");
    }
    anonymous = name;
    return List.of();
  }

  private List<Digest> digests(Section section, List<EasToken> tokens) {
    List<Digest> digests = new ArrayList<>(shown(section));
    Given given = section.get(Setting.KEY_EAS_TOKEN);
    if (given != null) {
      List<Digest> others = new ArrayList<>();
      for (EasToken token : tokens) {
        if (!digests.contains(token.digest())) {
          others.add(token.digest());
        }
      }
      digests.addAll(owned(given, "key." + section.name(), others));
    }
    return List.copyOf(digests);
  }

  /** Of what the key is shown to the guard as it is. */
  private List<Digest> shown(Section section) {
    String name = "key." + section.name();
    Given sha256 = section.get(Setting.KEY_SHA256);
    Given secret = section.get(Setting.KEY_SECRET);
    if (sha256 != null && secret != null) {
      problems.about(secret, "either " + name + ".sha256 or this was expected, not both");
    }
    if (sha256 != null) {
      return owned(sha256, name, written(sha256));
    }
    if (secret != null) {
      return owned(secret, name, digested(secret));
    }
    if (!section.has(Setting.KEY_EAS_TOKEN)) {
      problems.at(section.place(), name + ": the setting " + name + ".sha256 is missing");
    }
    return List.of();
  }

  private List<Digest> written(Given given) {
    List<Digest> digests = new ArrayList<>(1);
    String[] parts = given.value().split(",", -1);
    try {
      for (String part : parts) {
        digests.add(Digest.parse(part.strip()));
      }
    } catch (IllegalArgumentException e) {
      digests.clear();
    }
    if (!given.broken() && (digests.isEmpty() || digests.size() > MOST_DIGESTS)) {
      problems.about(given, "one or two SHA-256 digests of 64 hexadecimal digits were expected");
    }
    return digests;
  }

  private List<Digest> digested(Given given) {
    if (!plainTextAllowed) {
      problems.about(
          given,
          "a key in plain text is refused; give its digest as sha256 (the command hash makes it), or set "
              + Setting.ALLOW_PLAIN_TEXT_KEYS.pattern()
              + " = yes-i-know");
    } else if (given.value().isEmpty() && !given.broken()) {
      problems.about(given, "a key was expected");
    } else if (!Credential.isKey(given.value()) && !given.broken()) {
      problems.about(
          given, "a key of up to " + Credential.LONGEST + " visible ASCII characters was expected");
    }
    return Credential.isKey(given.value()) ? List.of(Digest.of(given.value())) : List.of();
  }

  private List<Digest> owned(Given given, String name, List<Digest> digests) {
    for (Digest digest : digests) {
      String owner = owners.putIfAbsent(digest, name);
      if (owner != null) {
        problems.about(
            given, owner.equals(name) ? "stands here twice" : "is the key of " + owner + " too");
      }
    }
    return List.copyOf(digests);
  }

  private @Nullable Set<String> routes(@Nullable Given given) {
    if (given == null) {
      return null;
    }
    List<String> entries = values.list(given);
    for (String entry : entries) {
      if (!routes.contains(entry)) {
        problems.about(
            given, "there is no route." + Problems.printable(entry) + Nearest.hint(entry, routes));
      }
    }
    return Set.copyOf(entries);
  }

  private List<NamedLimits> modelLimits(Section section) {
    List<NamedLimits> named = new ArrayList<>(0);
    for (Given given : section.all(Setting.KEY_MODEL_LIMITS)) {
      named.add(models.limits(given, given.name().glob(), limits));
    }
    return List.copyOf(named);
  }

  private ModelStates modelStates(Section section) {
    Map<String, Key.State> states = new LinkedHashMap<>();
    for (Given given : section.all(Setting.KEY_MODEL_STATE)) {
      models.check(given, given.name().glob());
      Key.State state = values.readGiven(given, STATES);
      if (state != null) {
        states.put(given.name().glob(), state);
      }
    }
    return ModelStates.of(states);
  }

  private static Instant moment(String text) {
    try {
      Instant moment = Instant.parse(text);
      if (moment.isAfter(END)) {
        throw new DateTimeException("beyond the years that formats and clocks agree on");
      }
      return moment;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "a moment with its offset was expected, such as 2027-01-31T00:00:00Z", e);
    }
  }
}
