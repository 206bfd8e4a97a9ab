package io.ostiary.agent.container;

import io.ostiary.core.BodyHeaders;
import io.ostiary.core.Header;
import io.ostiary.core.Refusal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes answers that are not the app's on Jetty 12, without waiting. */
final class JettyCoreRefusal {

  /** For the server's own access log: nobody is there to be sent it. */
  static final Refusal CLIENT_GONE = new Refusal(499, List.of(), new byte[0]);

  private static final String ALLOW = "Access-Control-Allow-Origin";
  private static final String EXPOSE = "Access-Control-Expose-Headers";

  private JettyCoreRefusal() {}

  /**
   * Refuses a call that no handler has seen.
   *
   * @param bodyUnread whether the client may be sending still; it is listened to for a moment, so that it finds the refusal
   */
  static void write(
      Refusal refusal, boolean bodyUnread, Request request, Response response, Callback callback) {
    JettyCoreDrain drain = new JettyCoreDrain(request, callback);
    boolean bodyRemains = bodyUnread && !drain.isDoneAtOnce();
    writeAndEnd(refusal, bodyRemains, request, response, bodyRemains ? drain : callback);
  }

  /** The same where nobody can listen, since Jetty still has to tell of what comes next: the connection ends. */
  static void writeUnheard(Refusal refusal, Request request, Response response, Callback callback) {
    writeAndEnd(refusal, true, request, response, callback);
  }

  private static void writeAndEnd(
      Refusal refusal, boolean ends, Request request, Response response, Callback callback) {
    setHead(refusal, response);
    if (ends) {
      endConnection(request, response);
    }
    response.write(true, ByteBuffer.wrap(refusal.body()), callback);
  }

  /** Jetty closes it too, but does not always say so. */
  static void endConnection(Request request, Response response) {
    if (request.getConnectionMetaData().getHttpVersion().getVersion()
        < HttpVersion.HTTP_2.getVersion()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
  }

  /** Sets the head of an answer in place of the app's, whose own headers stay but for those that speak of its body. */
  static void setHead(Refusal refusal, Response response) {
    HttpFields.Mutable fields = response.getHeaders();
    List<String> ofTheBody = new ArrayList<>();
    for (HttpField field : fields) {
      if (BodyHeaders.have(field.getName())) {
        ofTheBody.add(field.getName());
      }
    }
    ofTheBody.forEach(fields::remove);
    response.setStatus(refusal.status());
    for (Header header : refusal.headers()) {
      boolean isTheApps =
          header.name().equals(HttpHeader.WWW_AUTHENTICATE.asString())
              && fields.contains(HttpHeader.WWW_AUTHENTICATE);
      if (!isTheApps) {
        fields.put(header.name(), header.value());
      }
    }
    expose(fields, refusal.headers());
    fields.put(HttpHeader.CONTENT_LENGTH, refusal.body().length);
  }

  /** Lists headers of ours for scripts of another origin, where these may read the answer at all (Fetch section 3.3.3). */
  static void expose(HttpFields.Mutable fields, List<Header> ours) {
    if (ours.isEmpty() || !fields.contains(ALLOW)) {
      return;
    }
    String names = Header.names(ours);
    for (HttpField field : fields) {
      if (field.is(EXPOSE) && names.equals(field.getValue())) {
        return;
      }
    }
    fields.add(EXPOSE, names);
  }
}
