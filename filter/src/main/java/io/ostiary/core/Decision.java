package io.ostiary.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the guard says of a call. */
public sealed interface Decision {

  /** The head is in order; {@link Guard#enter} must see the call before the app does. */
  record Proceed(Arrival arrival) implements Decision {}

  /**
   * The app may have the call.
   *
   * @param lease what the call holds; the shell closes it when the answer is complete
   * @param body the body that was read and that the app must be given again, or {@code null} when none was read
   * @param head what the app sees of the request's head in another form, or {@code null} where it stays as it came
   * @param headers set on the answer before the app is called
   * @param repairsText whether texts without a charset are written and labelled as UTF-8
   * @param veil what the app is not shown of the head
   * @param errors how errors of the app and the container are told, or {@code null} to leave them as they are
   * @param deadline when the call's time is over, or {@code null} if it may take as long as it likes
   */
  record Admit(
      Lease lease,
      @Nullable Body body,
      @Nullable HeadRewrite head,
      List<Header> headers,
      boolean repairsText,
      Veil veil,
      @Nullable AppErrors errors,
      @Nullable Deadline deadline)
      implements Decision {

    /** For calls that the policy does not speak of: the app must see them exactly as they came. */
    static final Admit UNTOUCHED = untouchedBut(Veil.NONE);

    /** The same, but for a header that only the guard may set. */
    static final Admit STRIPPED = untouchedBut(Veil.STRIPPED);

    private static Admit untouchedBut(Veil veil) {
      return new Admit(Lease.NONE, null, null, List.of(), false, veil, null, null);
    }

    /** The same call, whose answer has these headers and whose errors are told so. */
    Admit told(List<Header> headers, @Nullable AppErrors errors) {
      return new Admit(lease, body, head, headers, repairsText, veil, errors, deadline);
    }

    /** Whether this has been judged for good; what the policy does not speak of may yet become a path that it does. */
    public boolean isFinal() {
      return this != UNTOUCHED && this != STRIPPED;
    }

    /** Whether nothing at all is to be done to request and answer. */
    public boolean leavesUntouched() {
      return lease == Lease.NONE
          && body == null
          && head == null
          && headers.isEmpty()
          && !repairsText
          && veil == Veil.NONE
          && errors == null
          && deadline == null;
    }
  }

  /** All workers are busy, and the call waits for one: {@link Guard#resume} tells how that ends. */
  record Wait(Queued call) implements Decision {}

  /**
   * The call must not reach the app.
   *
   * @param bodyUnread whether bytes of the request's body may still be on their way
   */
  record Reject(Reason reason, Refusal refusal, boolean bodyUnread) implements Decision {}
}
