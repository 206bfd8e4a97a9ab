package io.ostiary.servlet.jakarta;

import java.io.IOException;

/** What an app writes to while it is not yet known whether that is of an error, and whether the error is told anew. */
interface Held {

  /** Of what is held back, this much at most; a longer error is decided by its beginning, as a container sends what no longer fits. */
  int MOST = 16 * 1024;

  /** What is held back, if it is JSON in UTF-8. */
  byte[] text();

  /** Whether what the app writes leaves. */
  boolean isPassing();

  /** Forgets what the app has written, of which nothing has left: the app begins anew. */
  void clear();

  /** Passes on what is held, and all that comes. */
  void release() throws IOException;
}
