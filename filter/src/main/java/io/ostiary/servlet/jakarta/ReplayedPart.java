package io.ostiary.servlet.jakarta;

import io.ostiary.core.Body;
import io.ostiary.core.BodyPart;
import io.ostiary.core.Header;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.Part;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One part of a form whose body the guard has read. */
final class ReplayedPart implements Part {

  private final Body body;
  private final BodyPart part;
  private final ServletContext context;

  ReplayedPart(Body body, BodyPart part, ServletContext context) {
    this.body = body;
    this.part = part;
    this.context = context;
  }

  /** The content as text. */
  String text(Charset charset) {
    try (InputStream in = getInputStream()) {
      return new String(in.readAllBytes(), charset);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  public InputStream getInputStream() {
    return body.slice(part.offset(), part.length());
  }

  @Override
  public @Nullable String getContentType() {
    return getHeader("Content-Type");
  }

  @Override
  public String getName() {
    return part.name();
  }

  @Override
  public @Nullable String getSubmittedFileName() {
    return part.fileName();
  }

  @Override
  public long getSize() {
    return part.length();
  }

  /** Into this file; a relative name is meant within the context's temporary directory, since that of the servlet is not told. */
  @Override
  public void write(String fileName) throws IOException {
    File directory = (File) context.getAttribute(ServletContext.TEMPDIR);
    Path file = directory == null ? Path.of(fileName) : directory.toPath().resolve(fileName);
    try (InputStream in = getInputStream()) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** There is nothing to delete: the part was never stored. */
  @Override
  public void delete() {}

  @Override
  public @Nullable String getHeader(String name) {
    for (Header header : part.headers()) {
      if (header.name().equalsIgnoreCase(name)) {
        return header.value();
      }
    }
    return null;
  }

  @Override
  public Collection<String> getHeaders(String name) {
    return part.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  @Override
  public Collection<String> getHeaderNames() {
    Set<String> names = new LinkedHashSet<>();
    for (Header header : part.headers()) {
      names.add(header.name());
    }
    return List.copyOf(names);
  }
}
