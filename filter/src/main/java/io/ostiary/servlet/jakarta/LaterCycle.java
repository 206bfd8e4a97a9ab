package io.ostiary.servlet.jakarta;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * Hears of the end of a call that has gone asynchronous again, for its {@link Departure}. It stands before the listeners that the
 * app adds to this cycle, so that it never answers in their place; a door that sees the dispatch return adds one that does.
 */
final class LaterCycle implements AsyncListener {

  private final Departure departure;

  LaterCycle(Departure departure) {
    this.departure = departure;
  }

  @Override
  public void onComplete(AsyncEvent event) {
    departure.onComplete(event);
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    departure.hasTimedOutLater(event.getAsyncContext());
  }

  @Override
  public void onError(AsyncEvent event) {
    departure.onError(event);
  }

  /** One follows another, however many cycles there are. */
  @Override
  public void onStartAsync(AsyncEvent event) {
    departure.onStartAsync(event);
    event.getAsyncContext().addListener(this);
  }
}
