package io.ostiary.agent.container;

import io.ostiary.core.Body;
import io.ostiary.core.Decision;
import io.ostiary.core.HeadRewrite;
import io.ostiary.core.Veil;
import java.util.Objects;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What a handler of Jetty's core sees of a request's head: without what the policy hides, and with the model in place of the
 * name that the client has for it.
 *
 * @param length of the body in bytes, or −1 where none is declared
 */
record JettyCoreHead(HttpFields headers, HttpURI uri, long length) {

  static JettyCoreHead of(Request request, Decision.Admit admit) {
    Body body = admit.body();
    long declared = request.getLength();
    long length = body != null && body.isEdited() && declared >= 0 ? body.length() : declared;
    HttpFields headers = request.getHeaders();
    boolean changed = admit.veil() != Veil.NONE || admit.head() != null || length != declared;
    return new JettyCoreHead(
        changed ? headers(headers, admit, length == declared ? -1 : length) : headers,
        uri(request.getHttpURI(), admit),
        length);
  }

  /** Whether a request already has such a head. */
  boolean isOf(Request request) {
    return headers == request.getHeaders()
        && uri == request.getHttpURI()
        && length == request.getLength();
  }

  private static HttpFields headers(HttpFields sent, Decision.Admit admit, long length) {
    HttpFields.Mutable seen = HttpFields.build();
    for (HttpField field : sent) {
      HttpField shown = shown(field, admit, length);
      if (shown != null) {
        seen.add(shown);
      }
    }
    String told = admit.veil().value(Veil.TOLD);
    if (told != null && admit.veil().covers(Veil.TOLD)) {
      seen.put(Veil.TOLD, told);
    }
    return seen.asImmutable();
  }

  private static @Nullable HttpField shown(HttpField field, Decision.Admit admit, long length) {
    String name = field.getName();
    if (admit.veil().covers(name)) {
      return null;
    }
    if (length >= 0 && field.getHeader() == HttpHeader.CONTENT_LENGTH) {
      return new HttpField(HttpHeader.CONTENT_LENGTH, Long.toString(length));
    }
    HeadRewrite rewrite = admit.head();
    String model = rewrite == null ? null : rewrite.header(name);
    return model == null ? field : new HttpField(name, model);
  }

  private static HttpURI uri(HttpURI sent, Decision.Admit admit) {
    HeadRewrite rewrite = admit.head();
    String path = sent.getPath();
    String seenPath =
        rewrite == null || rewrite.path() == null || path == null ? path : rewrite.path().raw();
    String query = admit.veil().query(sent.getQuery());
    String seenQuery = rewrite == null || query == null ? query : rewrite.query(query);
    return Objects.equals(seenPath, path) && Objects.equals(seenQuery, sent.getQuery())
        ? sent
        : HttpURI.build(sent, seenPath, null, seenQuery).asImmutable();
  }
}
