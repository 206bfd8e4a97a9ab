package io.ostiary.servlet.jakarta;

import io.ostiary.core.Body;
import io.ostiary.core.BodyPart;
import io.ostiary.core.FormFields;
import io.ostiary.core.MalformedBodyException;
import io.ostiary.core.MultipartBody;
import io.ostiary.core.TextTypes;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body that the guard has read, in every form in which an app may ask for it. The container has nothing left of it, and
 * knows only the parameters of the query.
 */
final class ReplayedBody {

  private final HttpServletRequest request;
  private final Body body;
  private final boolean readsAsUtf8;
  private final ReplayedStream stream;
  private boolean streamIsGiven;
  private @Nullable BufferedReader reader;
  private @Nullable String charset;
  private @Nullable Map<String, String[]> parameters;
  private @Nullable List<ReplayedPart> parts;

  /**
   * A body to be given to the app.
   *
   * @param request the container's own
   * @param readsAsUtf8 whether JSON and forms without a charset are UTF-8
   */
  ReplayedBody(HttpServletRequest request, Body body, boolean readsAsUtf8) {
    this.request = request;
    this.body = body;
    this.readsAsUtf8 = readsAsUtf8;
    this.stream = new ReplayedStream(body, request);
  }

  /** Whether it is other than the client's. */
  boolean isEdited() {
    return body.isEdited();
  }

  /** In bytes. */
  long length() {
    return body.length();
  }

  ServletInputStream stream() {
    if (reader != null) {
      throw new IllegalStateException("getReader() has been called for this request.");
    }
    streamIsGiven = true;
    return stream;
  }

  BufferedReader reader() throws UnsupportedEncodingException {
    if (streamIsGiven) {
      throw new IllegalStateException("getInputStream() has been called for this request.");
    }
    if (reader == null) {
      reader = new BufferedReader(new InputStreamReader(body.stream(), charset()));
    }
    return reader;
  }

  /** Names a charset in place of the one that came; without effect once the body is being read as text. */
  void charset(@Nullable String name) {
    if (reader == null && parameters == null) {
      charset = name;
    }
  }

  /** The charset that was named, or that is taken for granted; {@code null} when neither. */
  @Nullable String charsetName() {
    if (charset != null) {
      return charset;
    }
    String named = request.getCharacterEncoding();
    if (named != null) {
      return named;
    }
    return readsAsUtf8 && TextTypes.isReadAsUtf8(request.getContentType()) ? "UTF-8" : null;
  }

  private Charset charset() throws UnsupportedEncodingException {
    String name = charsetName();
    try {
      return name == null ? StandardCharsets.ISO_8859_1 : Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      throw new UnsupportedEncodingException(name);
    }
  }

  /** The parameters of the query, as the container reads it where it can, and after them those of the body. */
  Map<String, String[]> parameters() {
    if (parameters == null) {
      parameters = readParameters();
    }
    return parameters;
  }

  private Map<String, String[]> readParameters() {
    Map<String, String[]> all = new LinkedHashMap<>();
    try {
      readQuery(all);
      if (TextTypes.isForm(request.getContentType()) && "POST".equals(request.getMethod())) {
        FormFields.parse(body, charset())
            .values()
            .forEach((name, values) -> append(all, name, values));
      } else if (TextTypes.isMultipart(request.getContentType())) {
        for (ReplayedPart part : replayedParts()) {
          if (part.getSubmittedFileName() == null) {
            append(all, part.getName(), List.of(part.text(charset())));
          }
        }
      }
    } catch (MalformedBodyException | UnsupportedEncodingException unreadable) {
      // As in the containers: who asks for parameters gets those that can be read.
    }
    return all;
  }

  private void readQuery(Map<String, String[]> all) throws MalformedBodyException {
    try {
      all.putAll(request.getParameterMap());
    } catch (RuntimeException bodyIsGone) {
      // Jetty 12 would have the parts of a form before it gives the parameters of a query.
      FormFields.parseQuery(request.getQueryString(), StandardCharsets.UTF_8)
          .values()
          .forEach((name, values) -> append(all, name, values));
    }
  }

  private static void append(Map<String, String[]> all, String name, List<String> values) {
    String[] more = values.toArray(new String[0]);
    all.merge(name, more, ReplayedBody::joined);
  }

  private static String[] joined(String[] some, String[] more) {
    String[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  /**
   * The parts of a form.
   *
   * @throws ServletException if it is no form in parts
   * @throws IOException if the form is malformed
   */
  Collection<Part> parts() throws IOException, ServletException {
    if (!TextTypes.isMultipart(request.getContentType())) {
      throw new ServletException("The request is no multipart/form-data.");
    }
    try {
      return Collections.unmodifiableList(replayedParts());
    } catch (MalformedBodyException malformed) {
      throw new IOException(malformed.getMessage(), malformed);
    }
  }

  /** The first part of this name, or {@code null}. */
  @Nullable Part part(String name) throws IOException, ServletException {
    for (Part part : parts()) {
      if (part.getName().equals(name)) {
        return part;
      }
    }
    return null;
  }

  private List<ReplayedPart> replayedParts() throws MalformedBodyException {
    if (parts == null) {
      List<ReplayedPart> read = new ArrayList<>();
      for (BodyPart part : MultipartBody.parse(body, request.getContentType())) {
        read.add(new ReplayedPart(body, part, request.getServletContext()));
      }
      parts = read;
    }
    return parts;
  }

  void appHasReturned() {
    stream.appHasReturned();
  }
}
