package io.ostiary.agent;

/** What stands behind a hook where a server is done with a request, and is about to use its object for another. */
public interface LastDoor {

  /** Lets go of what the request's call still holds. */
  void isDoneWith(Object request) throws Exception;
}
