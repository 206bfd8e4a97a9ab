package io.ostiary.core;

import static io.ostiary.core.DialectSettings.MESSAGE;
import static io.ostiary.core.DialectSettings.STATUS;

import org.jspecify.annotations.Nullable;

/** Puts one row of a table into the dialect's envelope. */
final class RowBody {

  private final BodyTemplate.Builder body = new BodyTemplate.Builder();
  private final DialectSettings settings;
  private final CatalogueRow row;
  private final int status;
  private final boolean othersMessage;

  private RowBody(DialectSettings settings, CatalogueRow row, int status, boolean othersMessage) {
    this.settings = settings;
    this.row = row;
    this.status = status;
    this.othersMessage = othersMessage;
  }

  /**
   * The body that a row makes.
   *
   * @param status what the envelope says where it tells the status
   * @param othersMessage whether {@link Slot#MESSAGE} stands in place of the row's own text
   */
  static BodyTemplate of(
      DialectSettings settings, CatalogueRow row, int status, boolean othersMessage) {
    return new RowBody(settings, row, status, othersMessage).body();
  }

  private BodyTemplate body() {
    for (Template.Piece piece : settings.envelope().pieces()) {
      if (piece instanceof Template.Literal literal) {
        body.json(literal.text());
      } else if (piece instanceof Template.Place place) {
        putValue(place.name());
      }
    }
    return body.build();
  }

  private void putValue(String name) {
    int column = settings.columns().indexOf(name);
    if (name.equals(STATUS)) {
      body.json(Integer.toString(status));
    } else if (column < 0) {
      body.hole(null, true);
    } else if (othersMessage && name.equals(MESSAGE)) {
      body.hole(Slot.MESSAGE, true);
    } else {
      putCell(row.cells().get(column).text());
    }
  }

  private void putCell(@Nullable Template text) {
    if (text == null) {
      body.json("null");
    } else if (text.pieces().size() == 1 && text.pieces().get(0) instanceof Template.Place place) {
      body.hole(Slot.of(place.name()), true);
    } else {
      body.json("\"");
      for (Template.Piece piece : text.pieces()) {
        if (piece instanceof Template.Literal literal) {
          body.json(JsonText.escape(literal.text()));
        } else if (piece instanceof Template.Place place) {
          body.hole(Slot.of(place.name()), false);
        }
      }
      body.json("\"");
    }
  }
}
