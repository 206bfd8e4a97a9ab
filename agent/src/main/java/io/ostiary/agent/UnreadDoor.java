package io.ostiary.agent;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What stands behind a hook where a server answers bytes that are no request: a bad line, a head that is too large. */
public interface UnreadDoor {

  /**
   * Tells the error in place of the server.
   *
   * @param fields the header fields of the answer, in the server's own type
   * @return the body, or {@code null} to leave it to the server, with its fields as they were
   */
  @Nullable ByteBuffer tells(int status, Object fields) throws Exception;
}
