package io.ostiary.tests.app;

import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServlet;

/** An app that is not ready, and for which its container answers. */
public final class DownServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  public void init() throws UnavailableException {
    throw new UnavailableException("secret at 10.0.0.7", 600);
  }
}
