package io.ostiary.tests.app;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** The ways in which an app may read a body, each giving bytes that the client can compare with what it sent. */
final class Reading {

  private Reading() {}

  static byte[] of(HttpServletRequest request, String way) throws IOException, ServletException {
    switch (way) {
      case "none":
        return new byte[0];
      case "stream":
        return stream(request);
      case "bytewise":
        return bytewise(request);
      case "reader":
        return reader(request);
      case "parameters":
        return parameters(request);
      case "parts":
        return parts(request);
      case "sizes":
        return sizes(request);
      case "gbk":
        request.setCharacterEncoding("GBK");
        return parameters(request);
      case "every":
        parameters(request);
        parts(request);
        return stream(request);
      default:
        throw new ServletException("no such way: " + way);
    }
  }

  private static byte[] stream(HttpServletRequest request) throws IOException {
    if (request.getInputStream() != request.getInputStream()) {
      throw new IOException("another stream the second time");
    }
    try {
      request.getReader();
      throw new IOException("a reader after a stream");
    } catch (IllegalStateException right) {
      return request.getInputStream().readAllBytes();
    }
  }

  private static byte[] bytewise(HttpServletRequest request) throws IOException {
    var all = new java.io.ByteArrayOutputStream();
    InputStream in = request.getInputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      all.write(b);
    }
    return all.toByteArray();
  }

  private static byte[] reader(HttpServletRequest request) throws IOException {
    Reader reader = request.getReader();
    if (reader != request.getReader()) {
      throw new IOException("another reader the second time");
    }
    try {
      request.getInputStream();
      throw new IOException("a stream after a reader");
    } catch (IllegalStateException right) {
      StringWriter all = new StringWriter();
      reader.transferTo(all);
      return all.toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  private static byte[] parameters(HttpServletRequest request) {
    StringBuilder all = new StringBuilder();
    for (String name : new java.util.TreeSet<>(request.getParameterMap().keySet())) {
      all.append(name)
          .append('=')
          .append(Arrays.toString(request.getParameterValues(name)))
          .append('\n');
    }
    return all.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] sizes(HttpServletRequest request) throws IOException, ServletException {
    StringBuilder all = new StringBuilder();
    for (Part part : request.getParts()) {
      all.append(part.getName()).append('=').append(part.getSize()).append(' ');
    }
    all.append("stored=").append(stored());
    return all.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** How many bytes there are in all files of the server's own folder for such. */
  private static long stored() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.map(Path::toFile).filter(File::isFile).mapToLong(File::length).sum();
    }
  }

  private static byte[] parts(HttpServletRequest request) throws IOException, ServletException {
    var all = new java.io.ByteArrayOutputStream();
    for (Part part : request.getParts()) {
      String head =
          part.getName()
              + "|"
              + part.getSubmittedFileName()
              + "|"
              + part.getContentType()
              + "|"
              + part.getSize()
              + "\n";
      all.write(head.getBytes(StandardCharsets.UTF_8));
      try (InputStream in = part.getInputStream()) {
        in.transferTo(all);
      }
      all.write('\n');
    }
    all.write(("text=" + request.getParameter("text")).getBytes(StandardCharsets.UTF_8));
    return all.toByteArray();
  }
}
