package io.ostiary.tests.app;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** Tells what an operator can read of the guard by JMX: a line for each guard, and after it one for each of its figures. */
public final class FiguresServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    StringBuilder figures = new StringBuilder();
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      for (ObjectName name : server.queryNames(new ObjectName("io.ostiary:*"), null)) {
        figures.append(name).append(" 1\n");
        for (MBeanAttributeInfo each : server.getMBeanInfo(name).getAttributes()) {
          tell(figures, each.getName(), server.getAttribute(name, each.getName()));
        }
      }
    } catch (JMException unreadable) {
      throw new ServletException(unreadable);
    }
    response.setContentType("application/octet-stream");
    response.getOutputStream().write(figures.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void tell(StringBuilder figures, String name, Object value) {
    if (value instanceof TabularData table) {
      for (Object row : table.values()) {
        CompositeData entry = (CompositeData) row;
        tell(figures, name + "." + entry.get("key"), entry.get("value"));
      }
    } else {
      figures.append(name).append(' ').append(value).append('\n');
    }
  }
}
