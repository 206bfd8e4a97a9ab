package io.ostiary.core;

/** A form that breaks its format, or that two parsers could read in two ways; the message has nothing of its content. */
public final class MalformedBodyException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedBodyException(String message) {
    super(message);
  }
}
