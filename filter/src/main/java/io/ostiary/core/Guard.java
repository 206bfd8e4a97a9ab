package io.ostiary.core;

/**
 * The doorkeeper: one decision per call, in two stages, because a server has two doors. {@link #arrive} judges the head of a
 * request before a body byte is asked for, and draws on nothing; {@link #enter} judges what needs the body, and draws on the
 * limits. Neither ever throws.
 */
public final class Guard implements AutoCloseable {

  Guard() {}

  /**
   * Guards by a policy file, and follows its changes until closed.
   *
   * @param file the operator's file, or {@code null} to look for it in the usual places
   * @throws PolicyException if the file cannot be read or has problems; the message is the list of them
   */
  public static Guard open(java.nio.file.@org.jspecify.annotations.Nullable Path file, Log log)
      throws PolicyException {
    throw new UnsupportedOperationException();
  }

  /** The first stage. Answers {@link Decision.Proceed}, an untouched {@link Decision.Admit}, or {@link Decision.Reject}. */
  public Decision arrive(Call call) {
    throw new UnsupportedOperationException(call.rawPath());
  }

  /** The second stage. Answers {@link Decision.Admit} or {@link Decision.Reject}. */
  public Decision enter(Arrival arrival, Call call, BodySource body) {
    throw new UnsupportedOperationException();
  }

  /** Stops following the file. */
  @Override
  public void close() {}
}
