package io.ostiary.servlet.jakarta;

import jakarta.servlet.WriteListener;
import java.io.IOException;

/**
 * An app's listener that writes without blocking, by which a meter hears that nothing more can leave: what the container itself
 * could not write passes no stream. If the app fails on that too, Tomcat ends the call and tells nobody.
 */
final class MeteredListener implements WriteListener {

  private final WriteListener listener;
  private final AnswerMeter meter;

  /** What the container is about to tell of is the app's own failure. */
  private volatile boolean appHasFailed;

  MeteredListener(WriteListener listener, AnswerMeter meter) {
    this.listener = listener;
    this.meter = meter;
  }

  @Override
  public void onWritePossible() throws IOException {
    try {
      listener.onWritePossible();
    } catch (Throwable failure) {
      appHasFailed = true;
      throw failure;
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (failure instanceof IOException && !appHasFailed) {
      meter.clientIsGone();
    }
    try {
      listener.onError(failure);
    } catch (Throwable again) {
      meter.listenerHasFailed();
      throw again;
    }
  }
}
