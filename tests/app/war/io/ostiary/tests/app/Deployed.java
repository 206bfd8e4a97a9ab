package io.ostiary.tests.app;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** The app as it sets itself up where it is deployed as a WAR: without any guard of its own. */
public final class Deployed implements ServletContextListener {

  @Override
  public void contextInitialized(ServletContextEvent event) {
    App.install(event.getServletContext(), null, 0);
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {}
}
