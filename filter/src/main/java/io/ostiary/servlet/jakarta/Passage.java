package io.ostiary.servlet.jakarta;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** One call on its way through a {@link Door}. */
public final class Passage {

  Passage() {}

  /** Whether the refusal has been written and the app must not be called. */
  public boolean isRefused() {
    throw new UnsupportedOperationException();
  }

  /** The request to give to the app. */
  public HttpServletRequest request() {
    throw new UnsupportedOperationException();
  }

  /** The response to give to the app. */
  public HttpServletResponse response() {
    throw new UnsupportedOperationException();
  }

  /**
   * The app has returned. If it went asynchronous the call is held on to until that ends.
   *
   * @param thrown what the app threw, or {@code null}
   */
  public void leave(@Nullable Throwable thrown) {
    throw new UnsupportedOperationException("" + thrown);
  }
}
