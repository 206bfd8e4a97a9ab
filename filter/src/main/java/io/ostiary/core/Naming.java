package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/**
 * What of a call may name its model.
 *
 * @param fields what was looked for in JSON
 * @param taken the body, as far as it was taken in
 */
record Naming(Call call, RouteTable.Match match, RequestFields fields, Intake taken) {

  /** The JSON that came, or {@code null}. */
  @Nullable JsonScanner scanned() {
    return taken.scanned();
  }

  QueryString.Parameter queried(String name) {
    return QueryString.parameter(call.query(), name);
  }

  SentForm.Field sent(String name) {
    SentForm form = taken.form();
    return form == null ? SentForm.ABSENT : form.field(name);
  }
}
