package io.ostiary.core;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One caller. Its secret is known only by digest, but for tokens that sign.
 *
 * @param tag the operator's name for it, the only one that may be logged
 * @param digests of its secret; two while it is being rotated; none for the anonymous key
 * @param easTokens by which calls may be signed in place of showing a secret; their digests are among those
 * @param addresses where it may be used from
 * @param models what it may call by a model's name
 * @param endpoints what it may call by a custom endpoint's name, or {@code null} when the file gives no such list
 * @param routes the routes it may call, or {@code null} for any
 * @param limits its own budgets
 * @param modelLimits its budgets on single models
 * @param modelStates how it stands on single models
 * @param expires the first moment at which it is no longer accepted, or {@code null}
 * @param state how its account stands
 * @param workspaces the workspaces that its calls may name
 * @param anonymous whether it stands for calls without a credential
 * @param observed whether its calls are never refused, only told of
 * @param hardStop whether its streams are ended when a token budget is used up
 * @param priority who gets a free worker first
 */
record Key(
    String tag,
    List<Digest> digests,
    List<EasToken> easTokens,
    AddressSet addresses,
    NameSet models,
    @Nullable NameSet endpoints,
    @Nullable Set<String> routes,
    List<Limit> limits,
    List<NamedLimits> modelLimits,
    ModelStates modelStates,
    @Nullable Instant expires,
    State state,
    NameSet workspaces,
    boolean anonymous,
    boolean observed,
    boolean hardStop,
    Priority priority) {

  /** Whether there are models that it may not call. */
  boolean isRestrictedByModel() {
    return !models.isAny() || modelStates.isAnyClosed();
  }

  /** How an account stands: the key's own, or that of the key on one model. */
  enum State {
    /** In order. */
    ACTIVE(null, null),
    /** Known to the file but not accepted: to its caller it is an unknown key, or a model that is not on its list. */
    REVOKED(Reason.KEY_UNKNOWN, Reason.MODEL_NOT_ALLOWED),
    /** Not in use for now. */
    FROZEN(Reason.KEY_FROZEN, Reason.MODEL_FROZEN),
    /** Barred. */
    BLOCKED(Reason.KEY_BLOCKED, Reason.MODEL_BLOCKED),
    /** Without a subscription. */
    UNSUBSCRIBED(Reason.KEY_UNSUBSCRIBED, Reason.MODEL_UNSUBSCRIBED),
    /** With unpaid bills. */
    ARREARS(Reason.KEY_ARREARS, Reason.KEY_ARREARS),
    /** With an unpaid bill for what has been used. */
    POSTPAID_OVERDUE(Reason.POSTPAID_OVERDUE, Reason.POSTPAID_OVERDUE),
    /** With a subscription that is over and was not renewed. */
    PREPAID_OVERDUE(Reason.PREPAID_OVERDUE, Reason.PREPAID_OVERDUE),
    /** Frozen beyond retention, and gone. */
    REMOVED(Reason.KEY_REMOVED, Reason.MODEL_REMOVED);

    private final @Nullable Reason reason;
    private final @Nullable Reason reasonOnModel;

    State(@Nullable Reason reason, @Nullable Reason reasonOnModel) {
      this.reason = reason;
      this.reasonOnModel = reasonOnModel;
    }

    /** Why a call with such a key is refused, or {@code null} if it is not. */
    @Nullable Reason reason() {
      return reason;
    }

    /** Why a call for a model on which a key stands so is refused, or {@code null} if it is not. */
    @Nullable Reason reasonOnModel() {
      return reasonOnModel;
    }
  }
}
