package io.ostiary.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What is the same in every error of one status, for each status. A form is made when its status is first met, and kept: there
 * are 200 at most.
 */
final class StatusForms {

  private static final int FIRST = 400;
  private static final int BEYOND = 600;

  private final DialectSettings settings;
  private final Map<Integer, CatalogueRow> rows;
  private final AtomicReferenceArray<Form> made = new AtomicReferenceArray<>(BEYOND - FIRST);

  /**
   * Forms of rows.
   *
   * @param rows by status, and by 4 and 5 those of all other statuses that begin so
   */
  StatusForms(DialectSettings settings, Map<Integer, CatalogueRow> rows) {
    this.settings = settings;
    this.rows = Map.copyOf(rows);
  }

  /** The form for a status, 400 or more; one that HTTP does not know is spoken of like a 500. */
  Form of(int status) {
    int known = status < BEYOND ? status : 500;
    Form form = made.get(known - FIRST);
    if (form == null) {
      form = form(known);
      made.set(known - FIRST, form);
    }
    return form;
  }

  private Form form(int status) {
    CatalogueRow exact = rows.get(status);
    CatalogueRow row = exact != null ? exact : Objects.requireNonNull(rows.get(status / 100));
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Content-Type", settings.contentType()));
    if (status == 401 && settings.challenge() != null) {
      headers.add(new Header("WWW-Authenticate", settings.challenge()));
    }
    return new Form(
        List.copyOf(headers),
        RowBody.of(settings, row, status, false),
        RowBody.of(settings, row, status, true));
  }

  /**
   * The form of one status.
   *
   * @param headers those that no call changes
   * @param own with the row's own text
   * @param carrying with the text of another
   */
  record Form(List<Header> headers, BodyTemplate own, BodyTemplate carrying) {

    /** The body for one call; {@code null} for the row's own text. */
    byte[] body(@Nullable String message, Facts facts, String requestId) {
      return message == null
          ? own.fill(facts, requestId)
          : carrying.fill(facts.and(Slot.MESSAGE, message), requestId);
    }
  }
}
