package io.ostiary.servlet.jakarta;

import io.ostiary.core.Arrival;
import io.ostiary.core.Call;
import io.ostiary.core.Decision;
import io.ostiary.core.PeerSource;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The head of a servlet request, as the guard sees it. */
final class ServletCall implements Call {

  /** Set by Tomcat's RemoteIpValve and RemoteIpFilter on requests to which they have given another address. */
  private static final String READDRESSED = "org.apache.tomcat.request.forwarded";

  private final HttpServletRequest request;
  private final @Nullable String socket;
  private final @Nullable ToLongFunction<Object> age;

  private ServletCall(HttpServletRequest request, @Nullable String socket) {
    this(request, socket, null);
  }

  private ServletCall(
      HttpServletRequest request, @Nullable String socket, @Nullable ToLongFunction<Object> age) {
    this.request = request;
    this.socket = socket;
    this.age = age;
  }

  /**
   * A call at a server's connector, before anybody could have changed its address unless the connector's door says so.
   *
   * @param age tells of a request how long ago its first byte came, in nanoseconds
   */
  static ServletCall atConnector(HttpServletRequest request, ToLongFunction<Object> age) {
    return new ServletCall(
        request,
        request.getAttribute(Door.PEER) instanceof String peer ? peer : request.getRemoteAddr(),
        age);
  }

  /** A call on its way to an app; what the connector's door knew of it counts, if there is one. */
  static ServletCall atDispatch(HttpServletRequest request) {
    Object found = request.getAttribute(Door.ARRIVAL);
    if (found instanceof Decision.Proceed proceed) {
      found = proceed.arrival();
    }
    if (found instanceof Arrival arrival) {
      return new ServletCall(request, arrival.peer());
    }
    return new ServletCall(
        request, request.getAttribute(Door.PEER) instanceof String peer ? peer : null);
  }

  @Override
  public long nanosSinceFirstByte() {
    return age == null ? 0 : Math.max(0, age.applyAsLong(request));
  }

  @Override
  public String method() {
    // Tomcat has none of a request line that it could not read.
    String method = request.getMethod();
    return method == null ? "" : method;
  }

  @Override
  public String rawPath() {
    // Jetty 9.4 has none for the authority that CONNECT names.
    String path = request.getRequestURI();
    return path == null ? "" : path;
  }

  @Override
  public @Nullable String resolvedPath() {
    try {
      ServletContext context = request.getServletContext();
      String servletPath = request.getServletPath();
      if (context == null || servletPath == null) {
        return null;
      }
      // The request's own context path is percent-encoded, the context's is not.
      String path = context.getContextPath().concat(servletPath);
      String rest = request.getPathInfo();
      return rest == null ? path : path.concat(rest);
    } catch (NullPointerException unmapped) {
      // Tomcat's request asks the context for it even before there is one.
      return null;
    }
  }

  @Override
  public @Nullable String query() {
    return request.getQueryString();
  }

  @Override
  public String peer() {
    return socket != null ? socket : containers().getRemoteAddr();
  }

  @Override
  public PeerSource peerSource() {
    if (socket != null) {
      return PeerSource.SOCKET;
    }
    boolean byContainer =
        Boolean.TRUE.equals(request.getAttribute(READDRESSED))
            && Objects.equals(containers().getRemoteAddr(), request.getRemoteAddr());
    return byContainer ? PeerSource.HEADER : PeerSource.UNSURE;
  }

  @Override
  public Iterator<String> forwarded(String name) {
    return lines(socket != null ? request : containers(), name);
  }

  /** The container's own request: filters that stand before ours may have given theirs another address, and hidden what it was of. */
  private HttpServletRequest containers() {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    return inner instanceof HttpServletRequest http ? http : request;
  }

  @Override
  public @Nullable String header(String name) {
    return request.getHeader(name);
  }

  @Override
  public Iterator<String> headers(String name) {
    return lines(request, name);
  }

  private static Iterator<String> lines(HttpServletRequest request, String name) {
    Enumeration<String> lines = request.getHeaders(name);
    return lines == null ? Collections.emptyIterator() : lines.asIterator();
  }

  @Override
  public long declaredLength() {
    return request.getContentLengthLong();
  }

  @Override
  public boolean asksForUpgrade() {
    return RequestHead.asksForUpgrade(request);
  }

  @Override
  public boolean isMultiplexed() {
    return RequestHead.isMultiplexed(request);
  }
}
