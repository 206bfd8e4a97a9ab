package io.ostiary.agent.container;

import io.ostiary.core.Lease;
import io.ostiary.core.Outcome;
import org.eclipse.jetty.util.Callback;

/** The end of a call whose answer nobody may look into: what it holds is let go then. */
final class JettyCoreRelease extends Callback.Nested {

  private final Lease lease;

  JettyCoreRelease(Callback callback, Lease lease) {
    super(callback);
    this.lease = lease;
  }

  @Override
  public void succeeded() {
    lease.close(Outcome.COMPLETED);
    getCallback().succeeded();
  }

  @Override
  public void failed(Throwable cause) {
    lease.close(Outcome.FAILED);
    getCallback().failed(cause);
  }
}
