package io.ostiary.core;

import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** An MBean on the platform's MBean server, which keeps it, and the class loader of its guard, until this is closed. */
record BoardEntry(MBeanServer server, ObjectName name) implements AutoCloseable {

  private static final String ALL = "io.ostiary:type=Guard";

  /**
   * Registers the figures.
   *
   * @param context the path of the web application that they are of, or {@code null}; where a name is taken (by an app with the
   *     same path on another host, for one) a number is added
   */
  static BoardEntry of(GuardMXBean figures, @Nullable String context) throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    String first = context == null ? ALL : ALL + ",context=" + inName(context);
    ObjectName name = new ObjectName(first);
    for (int instance = 2; !accepts(server, figures, name); instance++) {
      name = new ObjectName(first + ",instance=" + instance);
    }
    return new BoardEntry(server, name);
  }

  private static boolean accepts(MBeanServer server, GuardMXBean figures, ObjectName name)
      throws JMException {
    try {
      server.registerMBean(figures, name);
      return true;
    } catch (InstanceAlreadyExistsException others) {
      return false;
    }
  }

  /** As Tomcat names its contexts: {@code /} for the one at the root; quoted if the path has what stands for something in names. */
  private static String inName(String context) {
    if (context.isEmpty()) {
      return "/";
    }
    boolean plain = context.chars().noneMatch(c -> ",=:\"*?\n".indexOf(c) >= 0);
    return plain ? context : ObjectName.quote(context);
  }

  @Override
  public void close() throws JMException {
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException gone) {
      // Somebody else has taken it down.
    }
  }
}
