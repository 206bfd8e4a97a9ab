package io.ostiary.tests.sdk;

import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Calls that fill the server: one has its only worker, one has the only place in the line, until they are let go. */
final class Held implements AutoCloseable {

  private final GuardedServer server;
  private final List<Wire> wires = new ArrayList<>();

  private Held(GuardedServer server) {
    this.server = server;
  }

  /** Fills a server; answers when nobody else may even wait. */
  static Held by(GuardedServer server, String path) throws IOException {
    Held held = new Held(server);
    String test = "held-" + UUID.randomUUID();
    held.send(path, test, ModelServlet.HELD);
    server.awaitHeld();
    // Of these two one waits and one is refused: when that is in the log, the line is full.
    held.send(path, test, "qwen-max");
    held.send(path, test, "qwen-max");
    server.visits(test, 1);
    return held;
  }

  private void send(String path, String test, String model) throws IOException {
    Wire wire = new Wire(server.process().port());
    wires.add(wire);
    Ask ask = Ask.of("POST", path).key("any").header("X-Test", test);
    wire.send(ask.json("{\"model\":\"" + model + "\"}").bytes());
  }

  @Override
  public void close() throws IOException {
    server.release();
    for (Wire wire : wires) {
      wire.answerTo("POST");
      wire.close();
    }
  }
}
