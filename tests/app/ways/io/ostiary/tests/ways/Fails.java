package io.ostiary.tests.ways;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Keeps its context from starting. */
public final class Fails implements ServletContextListener {

  @Override
  public void contextInitialized(ServletContextEvent event) {
    throw new IllegalStateException("this context does not start");
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {}
}
