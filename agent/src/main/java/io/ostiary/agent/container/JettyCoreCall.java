package io.ostiary.agent.container;

import io.ostiary.core.Call;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The head of a Jetty 12 request, as the guard sees it. */
final class JettyCoreCall implements Call {

  private final Request request;

  /** Asked for several times, and written out anew by the JDK each time. */
  private @Nullable String peer;

  JettyCoreCall(Request request) {
    this.request = request;
  }

  /** Whether a customizer has given the request another address than its socket has, from a forwarding header for one. */
  boolean hidesPeer() {
    return !socket().equals(request.getConnectionMetaData().getRemoteSocketAddress());
  }

  @Override
  public long nanosSinceFirstByte() {
    return Math.max(0, System.nanoTime() - request.getBeginNanoTime());
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String rawPath() {
    String path = request.getHttpURI().getPath();
    return path == null ? "" : path;
  }

  @Override
  public @Nullable String resolvedPath() {
    return request.getHttpURI().getDecodedPath();
  }

  @Override
  public @Nullable String query() {
    return request.getHttpURI().getQuery();
  }

  @Override
  public String peer() {
    String known = peer;
    if (known == null) {
      known = address();
      peer = known;
    }
    return known;
  }

  private String address() {
    return socket() instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress().getHostAddress()
        : Request.getRemoteAddr(request);
  }

  @Override
  public @Nullable String header(String name) {
    return request.getHeaders().get(name);
  }

  @Override
  public Iterator<String> headers(String name) {
    // Not getValues, which splits at commas, nor getFields, which makes a stream.
    @Nullable List<String> values = null;
    for (HttpField field : request.getHeaders()) {
      if (field.is(name)) {
        values = values == null ? new ArrayList<>(1) : values;
        values.add(field.getValue());
      }
    }
    return values == null ? Collections.emptyIterator() : values.iterator();
  }

  @Override
  public long declaredLength() {
    return request.getLength();
  }

  @Override
  public boolean isMultiplexed() {
    return request.getConnectionMetaData().getHttpVersion().getVersion()
        >= HttpVersion.HTTP_2.getVersion();
  }

  /** As for servlets: a request with a body is not taken for one, or a client could choose not to have its body judged. */
  @Override
  public boolean asksForUpgrade() {
    HttpFields headers = request.getHeaders();
    if ("CONNECT".equals(request.getMethod())) {
      return request.getLength() <= 0 && !headers.contains(HttpHeader.TRANSFER_ENCODING);
    }
    return headers.contains(HttpHeader.UPGRADE)
        && !announcesBody()
        && headers.contains(HttpHeader.CONNECTION, "upgrade");
  }

  /** Whether a body may follow the head (RFC 9112 section 6.3; in HTTP/2 an undeclared body has no mark of its own). */
  boolean announcesBody() {
    long declared = request.getLength();
    return declared >= 0
        ? declared > 0
        : request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING) || isMultiplexed();
  }

  private SocketAddress socket() {
    return request.getConnectionMetaData().getConnection().getEndPoint().getRemoteSocketAddress();
  }
}
