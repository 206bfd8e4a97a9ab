package io.ostiary.servlet.jakarta;

import io.ostiary.core.BodySource;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;

/** A request's body, as it comes from the call's client. */
record ServletBody(HttpServletRequest request, Client client) implements BodySource {

  @Override
  public InputStream open() throws IOException {
    return RequestHead.asksForUpgrade(request)
        ? InputStream.nullInputStream()
        : request.getInputStream();
  }

  @Override
  public void stop() {
    client.stopReading();
  }

  @Override
  public void isStopped() {
    client.takeAnswerBack();
  }
}
