package io.ostiary.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One part of a form in {@code multipart/form-data}, whose content stays where it is in the {@link Body}.
 *
 * @param name the form field
 * @param fileName the client's name for the file, as it came and not to be trusted as a path; {@code null} if it is no file
 * @param headers all of them, in order
 * @param offset where the content begins, in bytes from the body's beginning: {@link Body#slice} gives it
 * @param length the content's length in bytes
 */
public record BodyPart(
    String name, @Nullable String fileName, List<Header> headers, long offset, long length) {}
