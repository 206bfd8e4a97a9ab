package io.ostiary.tests.sdk;

import java.io.IOException;

/** A vendor's own client, with two repetitions allowed. */
interface Client extends AutoCloseable {

  /** Makes one call, with as many repetitions as the client likes. */
  Told ask(Chat chat) throws IOException;

  /** The simple name of the client's own error for a status. */
  String errorOf(int status);

  /** The simple name of the client's own error for a stream that ends in one. */
  String errorOfStream();

  @Override
  void close() throws IOException;
}
