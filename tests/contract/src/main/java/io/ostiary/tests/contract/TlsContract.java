package io.ostiary.tests.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Q3 over TLS: the agent looks for clients behind what decrypts. The server takes its key from {@code -Dapp.keystore}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TlsContract implements StuckContract {

  private final String mainClass;
  private ServerProcess server;

  protected TlsContract(String mainClass) {
    this.mainClass = mainClass;
  }

  @BeforeAll
  void start() throws Exception {
    Path keys = Files.createTempDirectory("tls").resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String[] command = {
      keytool,
      "-genkeypair",
      "-keystore",
      keys.toString(),
      "-storetype",
      "PKCS12",
      "-storepass",
      "of the tests",
      "-keyalg",
      "EC",
      "-dname",
      "CN=localhost",
      "-alias",
      "server"
    };
    if (new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() != 0) {
      throw new IllegalStateException("keytool made no key");
    }
    server =
        ServerProcess.start(
            null,
            Installation.ofAgent(mainClass),
            "queue.properties",
            "-Dapp.keystore=" + keys,
            "-Dapp.access-log=true");
  }

  @AfterAll
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @Override
  public ServerProcess server() {
    return server;
  }

  @Override
  public ServerProcess queueServer() {
    return server;
  }

  @Override
  public Wire wireToQueue() throws IOException {
    return Wire.overTls(server.port());
  }

  @Override
  public boolean seesSockets() {
    return true;
  }

  @Override
  public boolean judgesBeforeContinue() {
    return true;
  }

  @Override
  public boolean hearsTheHeadAlone() {
    return true;
  }
}
