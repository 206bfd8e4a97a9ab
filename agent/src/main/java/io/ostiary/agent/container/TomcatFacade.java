package io.ostiary.agent.container;

import java.lang.reflect.Field;
import org.apache.catalina.connector.RequestFacade;
import org.apache.coyote.Request;

/** Finds Tomcat's own request behind what Tomcat gives to apps. For refused calls alone: it is reflective. */
final class TomcatFacade {

  private TomcatFacade() {}

  /**
   * The connector's request.
   *
   * @param request a facade, in wrappers or without
   * @throws ReflectiveOperationException if there is none
   */
  static Request behind(Object request) throws ReflectiveOperationException {
    Object inner = request;
    while (!(inner instanceof RequestFacade)) {
      inner = inner.getClass().getMethod("getRequest").invoke(inner);
    }
    Field field = RequestFacade.class.getDeclaredField("request");
    field.setAccessible(true);
    return ((org.apache.catalina.connector.Request) field.get(inner)).getCoyoteRequest();
  }
}
