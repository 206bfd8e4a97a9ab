package io.ostiary.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tokens with which calls are signed, and whose they are. A signature does not say whose it is, so each is tried. */
final class EasTokens {

  /** The largest number of keys with tokens: every signed call costs two HMACs for each, a forged one too. */
  static final int MOST_KEYS = 32;

  private final List<Held> all = new ArrayList<>();

  private record Held(EasToken token, InForce.Caller caller) {}

  void add(Key key, InForce.Caller caller) {
    key.easTokens().forEach(token -> all.add(new Held(token, caller)));
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Who made a signature, or {@code null}; which of them it is makes no difference in time. */
  InForce.@Nullable Caller signer(EasSignature signature) {
    InForce.Caller signer = null;
    for (int i = 0; i < all.size(); i++) {
      Held held = all.get(i);
      if (held.token().made(signature.code(), signature.text())) {
        signer = held.caller();
      }
    }
    return signer;
  }
}
