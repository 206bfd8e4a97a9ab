package io.ostiary.core;

import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finding out whose call one is, and whether it may come from where it does. Used by one thread, once.
 *
 * <p>Whether an address may still guess is asked before its key counts for anything; the answer is then the same for any key.
 */
final class Identification {

  private static final String FORM =
      "an Authorization header of the form \"Bearer KEY\" was expected";
  private static final String SIGNED_FORM =
      "a signed call is a POST to /api/predict/MODEL with the headers Date and Content-MD5";
  private static final String STALE =
      "the Date of the signed call is too far from the time of the server";
  private static final String REPLAYED = "the signed call has been made before";

  private final InForce now;
  private final Call call;
  private final LongSupplier wallMillis;

  private Facts facts = Facts.NONE;
  private long waitNanos;
  private InForce.@Nullable Caller caller;
  private @Nullable String signedMd5;
  private boolean addressKnown;
  private @Nullable Address address;

  Identification(InForce now, Call call, LongSupplier wallMillis) {
    this.now = now;
    this.call = call;
    this.wallMillis = wallMillis;
  }

  /** Why the call's credential is not accepted, or {@code null}. */
  @Nullable Reason key(Dialect dialect, RequestPath path) {
    Credential credential = credential(dialect);
    EasSignature signature = null;
    Reason no = credential.refusal();
    if (credential.signed()) {
      signature = EasSignature.of(call, path, Objects.requireNonNull(credential.text()));
      no = signature == null ? Reason.KEY_MALFORMED : null;
      caller = signature == null ? null : now.easTokens.signer(signature);
    } else if (no == null) {
      caller = now.caller(Digest.of(Objects.requireNonNull(credential.text())));
    } else if (no == Reason.KEY_MISSING && now.anonymous != null) {
      caller = now.anonymous;
      return null;
    }
    if (no != null) {
      facts = Facts.of(Slot.DETAIL, credential.signed() ? SIGNED_FORM : FORM);
      return no;
    }
    no = guessing();
    no = no != null ? no : standing();
    no = no != null || signature == null ? no : freshness(signature);
    if (no == null) {
      noteOrigin();
    }
    return no;
  }

  private Credential credential(Dialect dialect) {
    return Credential.of(call, dialect.takesBareKey() ? now.bareWays : now.ways);
  }

  /** Whoever is known at a place is let in there, however much others have guessed at it. */
  private @Nullable Reason guessing() {
    Limit budget = now.policy.keyRules().failures();
    if (budget == null || now.memory.failedKeys.isQuiet()) {
      return null;
    }
    long origin = Origin.of(address());
    waitNanos = now.memory.failedKeys.wait(origin, budget);
    if (waitNanos == 0 || (caller != null && caller.origins().contain(origin))) {
      return null;
    }
    tellAddress();
    return Reason.FAILURES_EXCEEDED;
  }

  /** What is answered like an unknown key costs what an unknown key costs. */
  private @Nullable Reason standing() {
    Reason no = Reason.KEY_UNKNOWN;
    if (caller != null) {
      boolean over =
          caller.expires() != Long.MAX_VALUE && caller.expires() <= wallMillis.getAsLong();
      no = over ? Reason.KEY_EXPIRED : caller.key().state().reason();
    }
    if (no == Reason.KEY_UNKNOWN || no == Reason.KEY_EXPIRED) {
      Limit budget = now.policy.keyRules().failures();
      if (budget != null) {
        now.memory.failedKeys.count(Origin.of(address()), budget);
      }
      tellAddress();
    }
    return no;
  }

  /** For the operator, who may want to know who guesses. */
  private void tellAddress() {
    Address client = address();
    facts = client == null ? facts : Facts.of(Slot.IP, client.toString());
  }

  private @Nullable Reason freshness(EasSignature signature) {
    long age = now.policy.keyRules().signatureAge().toSeconds();
    Replays replays = Objects.requireNonNull(Objects.requireNonNull(caller).replays());
    Replays.Verdict verdict =
        replays.judge(signature, Math.floorDiv(wallMillis.getAsLong(), 1000), age);
    signedMd5 = signature.md5();
    if (verdict == Replays.Verdict.FRESH) {
      return null;
    }
    facts = Facts.of(Slot.DETAIL, verdict == Replays.Verdict.REPLAYED ? REPLAYED : STALE);
    return Reason.KEY_MALFORMED;
  }

  private void noteOrigin() {
    if (caller == null || now.policy.keyRules().failures() == null) {
      return;
    }
    Origins known = caller.origins();
    boolean direct = now.policy.trustedProxies().addresses().isEmpty();
    if (!direct || !known.wasLast(call.peer())) {
      known.note(Origin.of(address()), direct ? call.peer() : null);
    }
  }

  /** Whether the key may be used from where the call comes. */
  @Nullable Reason place(AddressSet allowed) {
    if (allowed.isAny()) {
      return null;
    }
    Address client = address();
    if (client == null) {
      return Reason.ADDRESS_UNCLEAR;
    }
    if (allowed.contains(client)) {
      return null;
    }
    facts = Facts.of(Slot.IP, client.toString());
    return Reason.ADDRESS_NOT_ALLOWED;
  }

  private @Nullable Address address() {
    if (!addressKnown) {
      address = ClientAddress.of(call, now.policy.trustedProxies());
      addressKnown = true;
      now.memory.peers.look(call);
    }
    return address;
  }

  /** Whose call it is, also where that is not accepted; {@code null} if that is not known. */
  InForce.@Nullable Caller caller() {
    return caller;
  }

  /** The MD5 that the body must have, or {@code null} if it is not signed. */
  @Nullable String signedMd5() {
    return signedMd5;
  }

  /** What fills the words of the refusal. */
  Facts facts() {
    return facts;
  }

  /** After what time the same call could be accepted, in nanoseconds; zero where none helps. */
  long waitNanos() {
    return waitNanos;
  }
}
