package io.ostiary.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * A server product, and where its jars tell its release: said before a call has come, in the words that its {@code
 * ServletContext.getServerInfo} will use.
 */
enum Product {
  /** Apache Tomcat. */
  TOMCAT("", "org/apache/catalina/util/ServerInfo.properties", "server.info"),
  /** Eclipse Jetty. */
  JETTY("jetty/", "META-INF/maven/org.eclipse.jetty/jetty-server/pom.properties", "version"),
  /** Told of by another hook. */
  NONE("", "", "");

  private final String prefix;
  private final String resource;
  private final String property;

  Product(String prefix, String resource, String property) {
    this.prefix = prefix;
    this.resource = resource;
    this.property = property;
  }

  /** Name and release, for example {@code Apache Tomcat/10.1.59}, as the jars that a loader sees tell them. */
  String release(ClassLoader loader) {
    try (InputStream in = loader.getResourceAsStream(resource)) {
      if (in != null) {
        Properties told = new Properties();
        told.load(in);
        return prefix + told.getProperty(property, "unknown");
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      // Its release is for people to read; the guard stands without it.
    }
    return name();
  }
}
