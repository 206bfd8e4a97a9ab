package io.ostiary.tests.sdk;

import jakarta.servlet.Servlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A model server that speaks as OpenAI, Anthropic and Model Studio do, and that knows nothing of the guard. */
final class ModelServer {

  private ModelServer() {}

  /** Serves until it is ended. */
  public static void main(String[] args) throws Exception {
    Visitors visitors = new Visitors();
    ServletContextHandler context = new ServletContextHandler("/");
    Servlet openai = new ModelServlet(Shape.OPENAI);
    for (String path :
        new String[] {
          "/openai/*",
          "/modelarts/*",
          "/dashscope-compatible/*",
          "/api/predict/*",
          "/hold/*",
          "/late/*"
        }) {
      context.addServlet(new ServletHolder(openai), path);
    }
    context.addServlet(new ServletHolder(new ModelServlet(Shape.ANTHROPIC)), "/anthropic/*");
    context.addServlet(new ServletHolder(new ModelServlet(Shape.DASHSCOPE)), "/dashscope/*");
    context.addServlet(new ServletHolder(visitors.page()), "/visits");
    context.addServlet(new ServletHolder(new ModelServlet.Hold()), "/held");
    context.addServlet(new ServletHolder(new ModelServlet.Hold()), "/release");
    Server server = new Server(0);
    server.setHandler(context);
    server.setRequestLog(visitors);
    server.start();
    System.out.println("LISTENING " + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
  }
}
