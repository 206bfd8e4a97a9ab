package io.ostiary.servlet.jakarta;

import io.ostiary.core.Deadline;
import io.ostiary.core.Decision;
import io.ostiary.core.LineTail;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The container's response of a call whose time is limited: when that is over, what the app still does to it goes nowhere. */
final class TimedResponse extends HttpServletResponseWrapper {

  private final Expiry expiry;
  private final LineTail tail = new LineTail();
  private @Nullable TimedStream stream;
  private @Nullable TimedWriter writer;

  TimedResponse(
      HttpServletResponse response, HttpServletRequest request, Deadline deadline, Client client) {
    super(response);
    this.expiry = new Expiry(deadline, request, this, client);
  }

  Expiry expiry() {
    return expiry;
  }

  // ---- when the time is over; under the lock of the expiry

  /** Answers in place of the app. */
  void isReplacedBy(Decision.Reject refusal, HttpServletRequest request) throws IOException {
    HttpServletResponse containers = (HttpServletResponse) getResponse();
    if (stream != null && stream.isListenedTo()) {
      stream.writeIfReady(RefusalWriter.head(containers, request, refusal));
      return;
    }
    if (containers.containsHeader("Content-Encoding")) {
      containers.reset();
    }
    RefusalWriter.write(request, containers, refusal);
  }

  /** Whether a listener is to be told when more can be written: the server is about to, and must not find the line cut. */
  boolean awaitsClient() {
    return stream != null && stream.isListenedTo() && !stream.isReady();
  }

  /** Ends an event stream; answers whether it could be, in a place where an event may stand. */
  boolean endsStreamWith(byte[] event) throws IOException {
    String type = getContentType();
    boolean events = type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    if (!events || !tail.isBetweenLines() || containsHeader("Content-Encoding")) {
      return false;
    }
    String last = new String(event, StandardCharsets.UTF_8);
    String text = tail.isBetweenEvents() ? last : "\n" + last;
    if (writer != null) {
      writer.end(text);
      return true;
    }
    return stream != null && stream.end(text.getBytes(StandardCharsets.UTF_8));
  }

  // ---- what the app does

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (stream == null) {
      stream = new TimedStream(super.getOutputStream(), expiry, tail);
    }
    return stream;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (writer == null) {
      writer = new TimedWriter(super.getWriter(), expiry, tail);
    }
    return writer;
  }

  private void change(Runnable step) {
    try {
      expiry.perform(step::run);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  public void setStatus(int status) {
    change(() -> super.setStatus(status));
  }

  @Override
  public void setHeader(String name, String value) {
    change(() -> super.setHeader(name, value));
  }

  @Override
  public void addHeader(String name, String value) {
    change(() -> super.addHeader(name, value));
  }

  @Override
  public void setIntHeader(String name, int value) {
    change(() -> super.setIntHeader(name, value));
  }

  @Override
  public void addIntHeader(String name, int value) {
    change(() -> super.addIntHeader(name, value));
  }

  @Override
  public void setDateHeader(String name, long date) {
    change(() -> super.setDateHeader(name, date));
  }

  @Override
  public void addDateHeader(String name, long date) {
    change(() -> super.addDateHeader(name, date));
  }

  @Override
  public void addCookie(Cookie cookie) {
    change(() -> super.addCookie(cookie));
  }

  @Override
  public void setContentType(@Nullable String type) {
    change(() -> super.setContentType(type));
  }

  @Override
  public void setCharacterEncoding(@Nullable String charset) {
    change(() -> super.setCharacterEncoding(charset));
  }

  @Override
  public void setContentLength(int length) {
    change(() -> super.setContentLength(length));
  }

  @Override
  public void setContentLengthLong(long length) {
    change(() -> super.setContentLengthLong(length));
  }

  @Override
  public void setBufferSize(int size) {
    change(() -> super.setBufferSize(size));
  }

  @Override
  public void setLocale(Locale locale) {
    change(() -> super.setLocale(locale));
  }

  @Override
  public void resetBuffer() {
    change(super::resetBuffer);
  }

  @Override
  public void reset() {
    change(
        () -> {
          super.reset();
          stream = null;
          writer = null;
        });
  }

  @Override
  public void flushBuffer() throws IOException {
    expiry.perform(super::flushBuffer);
  }

  @Override
  public void sendError(int status) throws IOException {
    expiry.perform(() -> super.sendError(status));
  }

  @Override
  public void sendError(int status, @Nullable String message) throws IOException {
    expiry.perform(() -> super.sendError(status, message));
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    expiry.perform(() -> super.sendRedirect(location));
  }
}
