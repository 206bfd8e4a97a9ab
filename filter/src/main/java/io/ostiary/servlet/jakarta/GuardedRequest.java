package io.ostiary.servlet.jakarta;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request as an admitted call's app sees it: with the body that the guard has read, if it has read it, and with wrappers
 * that survive {@code startAsync()}. Headers are those the client sent.
 */
final class GuardedRequest extends HttpServletRequestWrapper {

  private final HttpServletResponse response;
  private final @Nullable ReplayedBody body;
  private final @Nullable AnswerMeter meter;
  private volatile @Nullable GuardedAsync async;

  /** What the app writes to once its call is asynchronous. Not asked of the container: Tomcat throws when the call goes on. */
  private volatile ServletResponse written;

  GuardedRequest(
      HttpServletRequest request, HttpServletResponse response, @Nullable ReplayedBody body) {
    this(request, response, body, null);
  }

  /** @param meter who hears of what goes wrong past the response, or {@code null} */
  GuardedRequest(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable ReplayedBody body,
      @Nullable AnswerMeter meter) {
    super(request);
    this.meter = meter;
    this.response = response;
    this.written = response;
    this.body = body;
  }

  /** Whether the app has gone asynchronous through this, and has completed the call or handed it on. */
  static boolean isLetGo(@Nullable ServletRequest request) {
    ServletRequest each = request;
    while (each instanceof ServletRequestWrapper wrapper) {
      if (each instanceof GuardedRequest guarded) {
        GuardedAsync begun = guarded.async;
        return begun != null && begun.isLetGo();
      }
      each = wrapper.getRequest();
    }
    return false;
  }

  /** The container would hand its own request and response on, and with them an answer that nobody meters or repairs. */
  @Override
  public AsyncContext startAsync() {
    String origin = origin();
    return begun(super.startAsync(this, response), response, origin);
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse given) {
    return begun(super.startAsync(request, given), given, null);
  }

  @Override
  public AsyncContext getAsyncContext() {
    AsyncContext context = super.getAsyncContext();
    GuardedAsync begun = async;
    return begun == null || !begun.isOf(context) ? begun(context, written, null) : begun;
  }

  private GuardedAsync begun(AsyncContext context, ServletResponse given, @Nullable String origin) {
    GuardedAsync begun = new GuardedAsync(context, GuardedResponse.within(given), origin, meter);
    written = given;
    async = begun;
    return begun;
  }

  /**
   * Where an app that was forwarded to goes back to when it says nothing: to what the client asked for. Jetty before 12 goes back
   * to the target of the forward if it is given the request, as it has to be here (Servlet 5.0, {@code AsyncContext.dispatch()}).
   */
  private @Nullable String origin() {
    Object path = getAttribute(RequestDispatcher.FORWARD_REQUEST_URI);
    Object context = getAttribute(RequestDispatcher.FORWARD_CONTEXT_PATH);
    return path instanceof String asked
            && context instanceof String root
            && root.equals(getContextPath())
            && asked.startsWith(root)
        ? asked.substring(root.length())
        : null;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (body != null) {
      return body.stream();
    }
    ServletInputStream containers = super.getInputStream();
    return meter == null
        ? containers
        : new MeteredInput(containers, meter, super.getContentLengthLong());
  }

  @Override
  public BufferedReader getReader() throws IOException {
    return body == null ? super.getReader() : body.reader();
  }

  // ---- the length, which is another where the operator has something put into the body

  private boolean tellsLength(@Nullable String name) {
    return body != null
        && body.isEdited()
        && "Content-Length".equalsIgnoreCase(name)
        && super.getContentLengthLong() >= 0;
  }

  private long length() {
    return body == null ? -1 : body.length();
  }

  @Override
  public long getContentLengthLong() {
    return tellsLength("Content-Length") ? length() : super.getContentLengthLong();
  }

  @Override
  public int getContentLength() {
    long length = getContentLengthLong();
    return length > Integer.MAX_VALUE ? -1 : (int) length;
  }

  @Override
  public @Nullable String getHeader(String name) {
    return tellsLength(name) ? Long.toString(length()) : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return tellsLength(name)
        ? Collections.enumeration(List.of(Long.toString(length())))
        : super.getHeaders(name);
  }

  @Override
  public int getIntHeader(String name) {
    return tellsLength(name) ? Math.toIntExact(length()) : super.getIntHeader(name);
  }

  @Override
  public @Nullable String getCharacterEncoding() {
    return body == null ? super.getCharacterEncoding() : body.charsetName();
  }

  @Override
  public void setCharacterEncoding(String charset) throws UnsupportedEncodingException {
    super.setCharacterEncoding(charset);
    if (body != null) {
      body.charset(charset);
    }
  }

  /** Servlet 6.1 sends this past a wrapper; before 6.1 nobody calls it. */
  public void setCharacterEncoding(Charset charset) {
    try {
      setCharacterEncoding(charset.name());
    } catch (UnsupportedEncodingException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Override
  public @Nullable String getParameter(String name) {
    if (body == null) {
      return super.getParameter(name);
    }
    String[] values = body.parameters().get(name);
    return values == null ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    if (body == null) {
      return super.getParameterValues(name);
    }
    String[] values = body.parameters().get(name);
    return values == null ? null : values.clone();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return body == null
        ? super.getParameterNames()
        : Collections.enumeration(body.parameters().keySet());
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return body == null ? super.getParameterMap() : Collections.unmodifiableMap(body.parameters());
  }

  @Override
  public Collection<Part> getParts() throws IOException, ServletException {
    return body == null ? super.getParts() : body.parts();
  }

  @Override
  public @Nullable Part getPart(String name) throws IOException, ServletException {
    return body == null ? super.getPart(name) : body.part(name);
  }
}
