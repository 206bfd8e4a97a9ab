package io.ostiary.core;

import static io.ostiary.core.Slot.CHOICES;
import static io.ostiary.core.Slot.DETAIL;
import static io.ostiary.core.Slot.ENDPOINT;
import static io.ostiary.core.Slot.ESTIMATE;
import static io.ostiary.core.Slot.FIELD;
import static io.ostiary.core.Slot.IP;
import static io.ostiary.core.Slot.LIMIT;
import static io.ostiary.core.Slot.MODEL;
import static io.ostiary.core.Slot.PATH;
import static io.ostiary.core.Slot.SIZE;
import static io.ostiary.core.Slot.UNIT;
import static io.ostiary.core.Slot.VALUE;
import static io.ostiary.core.Slot.WORKSPACE;

import java.util.Set;

/**
 * Why a call is refused: the closed vocabulary of logs, tests and dialect tables. Each names the slots that its texts
 * may use; every dialect has a row for each.
 */
public enum Reason {
  /** No credential came where one is needed. */
  KEY_MISSING,
  /** A credential came in a form that is none of those accepted. */
  KEY_MALFORMED(DETAIL),
  /** Two different credentials came with one call. */
  KEY_CONFLICT,
  /** The credential is nobody's. */
  KEY_UNKNOWN,
  /** The caller's address has made too many calls with keys that are nobody's. */
  FAILURES_EXCEEDED,
  /** The key's time is over. */
  KEY_EXPIRED,
  /** The key is frozen. */
  KEY_FROZEN,
  /** The key is barred. */
  KEY_BLOCKED,
  /** The key has no subscription. */
  KEY_UNSUBSCRIBED,
  /** The key's account is in arrears. */
  KEY_ARREARS,
  /** A bill for what the key's account has used is overdue. */
  POSTPAID_OVERDUE,
  /** The subscription of the key's account is over, and was not renewed. */
  PREPAID_OVERDUE,
  /** The key was frozen beyond its retention and removed. */
  KEY_REMOVED,

  /** The client's address cannot be known: a trusted proxy sent a forwarding header that makes no sense. */
  ADDRESS_UNCLEAR,
  /** The client's address is not on the key's list. */
  ADDRESS_NOT_ALLOWED(IP),
  /** The key may not call this path. */
  ROUTE_NOT_ALLOWED(PATH),
  /** The call names a workspace that does not exist here. */
  WORKSPACE_UNKNOWN(WORKSPACE),
  /** The call's workspace is not on the key's list. */
  WORKSPACE_NOT_ALLOWED(WORKSPACE),
  /** Nothing is served at this path, and the policy refuses unknown paths. */
  PATH_UNKNOWN(PATH),
  /** The path can be read in more than one way. */
  PATH_AMBIGUOUS(PATH),

  /** The body is larger than allowed, as declared or as read. */
  BODY_TOO_LARGE(SIZE),
  /** The body ended early, or could not be read. */
  BODY_UNREADABLE(DETAIL),
  /** The body is not what the route takes: not JSON, or JSON that can be read in more than one way. */
  BODY_MALFORMED(DETAIL),
  /** The body is encoded in a way that cannot be judged. */
  BODY_ENCODING(DETAIL),
  /** A field that the guard reads has a value that makes no sense. */
  FIELD_INVALID(FIELD, DETAIL),

  /** A field that every call of the route needs is missing or empty. */
  FIELD_MISSING(FIELD),
  /** The parameters of a generation are missing. */
  PARAMETERS_MISSING(FIELD),
  /** A field has a value that is none of those it may have. */
  FIELD_NOT_ONE_OF(FIELD, VALUE, CHOICES),
  /** The call's own id is longer than ids may be. */
  REQUEST_ID_TOO_LONG,

  /** No model is named where one is needed. */
  MODEL_MISSING(FIELD),
  /** The model does not exist here. */
  MODEL_UNKNOWN(MODEL),
  /** The model exists, but not at this path. */
  MODEL_NOT_SERVED(MODEL, PATH),
  /** The model is not on the key's list. */
  MODEL_NOT_ALLOWED(MODEL),
  /** The custom endpoint is not on the key's list. */
  ENDPOINT_NOT_ALLOWED(ENDPOINT),
  /** The key is frozen for the model. */
  MODEL_FROZEN(MODEL),
  /** The key is barred from the model. */
  MODEL_BLOCKED(MODEL),
  /** The key has no subscription to the model. */
  MODEL_UNSUBSCRIBED(MODEL),
  /** The key was frozen for the model beyond its retention, and what it had there was removed. */
  MODEL_REMOVED(MODEL),

  /** The text has something in it that is on the route's list of refused words. */
  CONTENT_REFUSED,
  /** The text has something in it that is on the route's list of custom words. */
  CONTENT_REFUSED_CUSTOM,

  /** More requests a second than a limit allows. */
  QPS_EXCEEDED(LIMIT),
  /** More requests a minute than a limit allows. */
  RPM_EXCEEDED(LIMIT),
  /** More requests in a day than a limit allows. */
  RPD_EXCEEDED(LIMIT),
  /** More tokens a minute than a limit allows. */
  TPM_EXCEEDED(LIMIT, ESTIMATE),
  /** More input tokens a minute than a limit allows. */
  ITPM_EXCEEDED(LIMIT, ESTIMATE),
  /** More output tokens a minute than a limit allows. */
  OTPM_EXCEEDED(LIMIT, ESTIMATE),
  /** More tokens in a day than a limit allows. */
  TPD_EXCEEDED(LIMIT, ESTIMATE),
  /** The call asks for more tokens than a limit could ever give. */
  TOKENS_NEVER_FIT(LIMIT, ESTIMATE, UNIT),
  /** The answer was ended, since a limit had no tokens left for more of it. */
  OUTPUT_STOPPED(LIMIT, UNIT),

  /** More calls at one time than a limit allows. */
  CONCURRENCY_EXCEEDED(LIMIT),
  /** All workers are busy, and no more calls may wait; or the call has waited for as long as one may. */
  QUEUE_FULL,
  /** The call's time was over before its answer was complete. */
  TIMED_OUT,
  /** The bodies of the calls on their way take all the memory that they may. */
  BODIES_FULL,
  /** The service is starting, or about to stop. */
  NOT_READY,

  /** The guard itself failed. */
  INTERNAL;

  private final Set<Slot> slots;

  Reason(Slot... slots) {
    this.slots = Set.of(slots);
  }

  /** The slots that this reason fills. */
  Set<Slot> slots() {
    return slots;
  }
}
