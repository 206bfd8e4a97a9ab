package io.ostiary.agent.container;

import io.ostiary.agent.LastDoor;
import io.ostiary.agent.Shell;
import io.ostiary.agent.Site;

/**
 * The last door of Tomcat, which recycles each request, however its call has ended. Of an asynchronous call's end it tells nobody
 * where a listener of the app fails on an error, and in races between a write that fails and the thread that began the call.
 */
public final class TomcatRelease implements LastDoor {

  private final Shell shell;

  /** A door beside one Tomcat. */
  public TomcatRelease(Site site) {
    shell = site.shell();
  }

  @Override
  public void isDoneWith(Object request) {
    shell.isDoneWith(request);
  }
}
