package io.ostiary.servlet.jakarta;

import io.ostiary.core.Header;
import io.ostiary.core.TextTypes;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The response as an admitted call's app sees it: texts without a charset are labelled and written as UTF-8, and the answer's
 * bytes pass a meter where they decide what the call is charged. Nothing is buffered, and bytes are never changed.
 */
final class GuardedResponse extends HttpServletResponseWrapper {

  private static final String UTF_8_PARAMETER = ";charset=utf-8";
  private static final String CONTENT_ENCODING = "Content-Encoding";
  private static final String LABELLED_JSON = "application/json" + UTF_8_PARAMETER;

  private final boolean repairsText;
  private final List<Header> headers;
  private final @Nullable AnswerMeter meter;
  private final @Nullable ErrorVoice errors;
  private @Nullable PrintWriter writer;
  private @Nullable ServletOutputStream stream;

  /** The app named a charset, and it stands. */
  private boolean charsetIsTheApps;

  /** The type that the container has now got its charset from us. */
  private boolean typeIsLabelled;

  /** The writer was given out with UTF-8 in place of what the container would have used. */
  private boolean writerIsRepaired;

  GuardedResponse(
      HttpServletResponse response,
      boolean repairsText,
      List<Header> headers,
      @Nullable AnswerMeter meter,
      @Nullable ErrorVoice errors) {
    super(response);
    this.repairsText = repairsText;
    this.headers = headers;
    this.meter = meter;
    this.errors = errors;
    this.charsetIsTheApps = repairsText && isCharsetNamed(response);
  }

  /** Whether an earlier filter or the context's own settings have chosen a charset. */
  private static boolean isCharsetNamed(HttpServletResponse response) {
    String type = response.getContentType();
    if (type != null && TextTypes.namesCharset(type)) {
      return true;
    }
    String charset = response.getCharacterEncoding();
    return charset != null
        && !charset.equalsIgnoreCase("ISO-8859-1")
        && !charset.equalsIgnoreCase("UTF-8");
  }

  @Override
  public void setContentType(String type) {
    if (!repairsText || type == null) {
      super.setContentType(type);
      return;
    }
    charsetIsTheApps |= TextTypes.namesCharset(type);
    super.setContentType(charsetIsTheApps ? type : labelled(type));
  }

  private String labelled(String type) {
    if (TextTypes.isText(type)) {
      typeIsLabelled = true;
      return type.equals("application/json") ? LABELLED_JSON : type + UTF_8_PARAMETER;
    }
    if (typeIsLabelled && !writerIsRepaired) {
      // Containers keep a charset when the next type names none: an image would inherit a text's.
      typeIsLabelled = false;
      super.setCharacterEncoding(null);
    }
    return type;
  }

  @Override
  public void setCharacterEncoding(String charset) {
    charsetIsTheApps = charset != null;
    super.setCharacterEncoding(charset);
  }

  /** Servlet 6.1 sends this past a wrapper; before 6.1 nobody calls it. */
  public void setCharacterEncoding(Charset charset) {
    setCharacterEncoding(charset.name());
  }

  /** Names UTF-8 before it is fixed, since apps ask this to encode bytes of their own. */
  @Override
  public String getCharacterEncoding() {
    return writesUtf8() ? "UTF-8" : super.getCharacterEncoding();
  }

  private boolean writesUtf8() {
    return repairsText
        && !charsetIsTheApps
        && writer == null
        && TextTypes.isTextWhenWritten(super.getContentType());
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (writer == null) {
      refuseBoth(stream, "getOutputStream");
      if (stream == null && writesUtf8()) {
        repairWriter();
      }
      PrintWriter plain = plainWriter();
      writer = errors == null ? plain : errors.hold(new HeldWriter(errors, plain));
    }
    return writer;
  }

  /** The container may not know of the other yet, and would give both. */
  private static void refuseBoth(@Nullable Object other, String taken) {
    if (other instanceof Held) {
      throw new IllegalStateException(taken + "() has been called for this response.");
    }
  }

  private PrintWriter plainWriter() throws IOException {
    PrintWriter containers = super.getWriter();
    AnswerMeter watching = meterOf(errors);
    return watching == null ? containers : new MeteredWriter(containers, watching);
  }

  private @Nullable AnswerMeter meterOf(@Nullable ErrorVoice errors) {
    return meter != null || errors == null ? meter : errors.meterOfEvents();
  }

  private void repairWriter() {
    if (!typeIsLabelled) {
      super.setCharacterEncoding("UTF-8");
    }
    writerIsRepaired = true;
    if (super.containsHeader("Content-Length")) {
      // It may have been counted in characters, and would then cut the answer short.
      super.setContentLength(-1);
    }
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (stream == null) {
      refuseBoth(writer, "getWriter");
      stream =
          errors == null ? plainStream() : errors.hold(new HeldStream(errors, this::plainStream));
    }
    return stream;
  }

  private ServletOutputStream plainStream() throws IOException {
    ServletOutputStream containers = super.getOutputStream();
    AnswerMeter watching = meterOf(errors);
    return watching == null ? containers : new MeteredStream(containers, watching);
  }

  /** Whether the app writes characters; if it writes at all. */
  boolean isWriting() {
    return writer != null;
  }

  /** Whether the app has taken a stream or a writer. */
  boolean isOpened() {
    return writer != null || stream != null;
  }

  /** The response of this kind in a chain of wrappers, if errors are told by it; else {@code null}. */
  static @Nullable GuardedResponse within(@Nullable ServletResponse response) {
    ServletResponse each = response;
    while (each instanceof ServletResponseWrapper wrapper) {
      if (each instanceof GuardedResponse guarded) {
        return guarded.errors == null ? null : guarded;
      }
      each = wrapper.getResponse();
    }
    return null;
  }

  /** The app is called again in an asynchronous dispatch; answers by what its errors are told. */
  @Nullable ErrorVoice comesBack() {
    if (errors != null) {
      errors.comesBack();
    }
    return errors;
  }

  /** The app ends an asynchronous call. */
  void isComplete() {
    try {
      if (errors != null) {
        errors.isTakenOn();
        errors.finish(isOpened());
      }
    } catch (IOException | RuntimeException gone) {
      // There is nobody left to write to.
    }
  }

  /** The app sends an asynchronous call on. */
  void isSentOn() {
    try {
      if (errors != null) {
        errors.isTakenOn();
        errors.letGo();
      }
    } catch (IOException | RuntimeException gone) {
      // Likewise.
    }
  }

  /** The app completes an asynchronous call by what {@link #isComplete} is told of. */
  void endIsSeen() {
    if (errors != null) {
      errors.endIsSeen();
    }
  }

  /** What is held back is not flushed: it may yet be told anew. */
  @Override
  public void flushBuffer() throws IOException {
    boolean mayFlush = errors == null || errors.mayFlush();
    if (mayFlush && meter != null) {
      meter.flush();
    } else if (mayFlush) {
      super.flushBuffer();
    }
  }

  @Override
  public void setContentLength(int length) {
    if (!writerIsRepaired) {
      super.setContentLength(length);
    }
  }

  @Override
  public void setContentLengthLong(long length) {
    if (!writerIsRepaired) {
      super.setContentLengthLong(length);
    }
  }

  @Override
  public void setHeader(String name, String value) {
    if (isContentType(name)) {
      setContentType(value);
    } else if (!writerIsRepaired || !isContentLength(name)) {
      super.setHeader(name, value);
      noteHeader(name);
    }
  }

  private void noteHeader(@Nullable String name) {
    if (meter != null && CONTENT_ENCODING.equalsIgnoreCase(name) && !isCommitted()) {
      meter.coding(super.getHeader(CONTENT_ENCODING));
    }
    // Scripts of another origin may read our headers where the app lets them read its own (Fetch
    // section 3.3.3).
    if (!headers.isEmpty() && ExposedHeaders.isCors(name)) {
      ExposedHeaders.add((HttpServletResponse) getResponse(), headers);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (isContentType(name)) {
      setContentType(value);
    } else if (!writerIsRepaired || !isContentLength(name)) {
      super.addHeader(name, value);
      noteHeader(name);
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    if (!writerIsRepaired || !isContentLength(name)) {
      super.setIntHeader(name, value);
    }
  }

  @Override
  public void addIntHeader(String name, int value) {
    if (!writerIsRepaired || !isContentLength(name)) {
      super.addIntHeader(name, value);
    }
  }

  private static boolean isContentType(@Nullable String name) {
    return name != null
        && name.length() == 12
        && name.toLowerCase(Locale.ROOT).equals("content-type");
  }

  private static boolean isContentLength(@Nullable String name) {
    return name != null
        && name.length() == 14
        && name.toLowerCase(Locale.ROOT).equals("content-length");
  }

  @Override
  public void setStatus(int status) {
    super.setStatus(status);
    note(status);
  }

  @Override
  public void sendError(int status) throws IOException {
    if (!isAnswered(status, null)) {
      super.sendError(status);
      noteError(status);
    }
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    if (!isAnswered(status, message)) {
      super.sendError(status, message);
      noteError(status);
    }
  }

  private boolean isAnswered(int status, @Nullable String message) throws IOException {
    return errors != null && errors.raised(status, message) && isHeard(status) && errors.tell();
  }

  /** Containers do not listen to a resource that is included in another's answer. */
  private boolean isHeard(int status) {
    super.setStatus(status);
    return super.getStatus() == status;
  }

  private void noteError(int status) {
    if (super.getStatus() == status) {
      noteTakenBack();
      note(status);
      if (errors != null) {
        errors.leftToServer();
      }
    }
  }

  private void note(int status) {
    if (meter != null) {
      meter.status(status);
    }
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    noteTakenBack();
    if (errors != null) {
      errors.clear();
    }
  }

  /** What the app has written has not left and will not: containers throw where it has. */
  private void noteTakenBack() {
    if (meter != null) {
      meter.takenBack();
    }
  }

  /** Clears what the app has set; what the guard has set is set again. */
  @Override
  public void reset() {
    super.reset();
    noteTakenBack();
    if (errors != null) {
      errors.clear();
    }
    note(HttpServletResponse.SC_OK);
    noteHeader(CONTENT_ENCODING);
    writer = null;
    stream = null;
    charsetIsTheApps = false;
    typeIsLabelled = false;
    writerIsRepaired = false;
    for (Header header : headers) {
      super.setHeader(header.name(), header.value());
    }
  }
}
