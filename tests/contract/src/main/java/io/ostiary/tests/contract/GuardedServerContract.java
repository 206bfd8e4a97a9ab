package io.ostiary.tests.contract;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * What a guarded server must do, whichever server it is and however the guard was installed: one subclass for each. The
 * server runs in a JVM of its own and is started once for all tests, which therefore use different keys.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class GuardedServerContract
    implements KeyContract,
        IdentityContract,
        AddressContract,
        MemoryContract,
        BodyContract,
        ReplayContract,
        NamingContract,
        LimitContract,
        ChargeContract,
        ExitContract,
        ErrorContract,
        LateErrorContract,
        UnreadContract,
        OrderContract,
        SentOnContract,
        HeaderContract,
        HardStopContract,
        StreamContract,
        ObserveContract,
        TextContract,
        SameAnswerContract,
        ConnectionContract,
        QueueContract,
        AbortContract,
        FiguresContract,
        GoneContract,
        StuckContract,
        AbandonedContract,
        DrainContract {

  private final Installation installation;
  private final List<String> options;
  private final Map<String, ServerProcess> others = new HashMap<>();
  private ServerProcess server;

  protected GuardedServerContract(Installation installation) {
    this(installation, List.of());
  }

  /**
   * One whose first server has these options of its JVM; the others have them not.
   *
   * @param installation how it is guarded
   */
  protected GuardedServerContract(Installation installation, List<String> options) {
    this.installation = installation;
    this.options = options;
  }

  @BeforeAll
  void start() throws IOException {
    server = ServerProcess.start(installation, options);
  }

  @AfterAll
  void stop() throws IOException {
    for (ServerProcess other : others.values()) {
      other.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Override
  public ServerProcess server() {
    return server;
  }

  @Override
  public ServerProcess rewritingServer() throws IOException {
    return options.isEmpty() ? server : other("contract.properties");
  }

  @Override
  public ServerProcess quietServer() throws IOException {
    return other("quiet.properties");
  }

  @Override
  public ServerProcess observedServer() throws IOException {
    return other("observe.properties");
  }

  @Override
  public ServerProcess queueServer() throws IOException {
    return other("queue.properties", "-Dapp.access-log=true");
  }

  @Override
  public ServerProcess interruptingServer() throws IOException {
    return other("interrupting.properties");
  }

  @Override
  public ServerProcess freshQueueServer() throws IOException {
    return ServerProcess.start(installation, "queue.properties");
  }

  @Override
  public ServerProcess veiledServer() throws IOException {
    return other("veiled.properties");
  }

  @Override
  public ServerProcess readdressedServer() throws IOException {
    return other("readdressed.properties", "-Dapp.readdresses=true");
  }

  @Override
  public ServerProcess filteredServer() throws IOException {
    return other("behind-filters.properties", "-Dapp.filters-addresses=true");
  }

  @Override
  public boolean speaksHttp2() {
    return true;
  }

  @Override
  public boolean countsFromTheFirstByte() {
    return seesSockets();
  }

  @Override
  public boolean seesSockets() {
    return installation.agent() != null;
  }

  /** Started when a test first asks for it. */
  private ServerProcess other(String policy, String... options) throws IOException {
    ServerProcess other = others.get(policy);
    if (other == null) {
      other = ServerProcess.start(installation, policy, options);
      others.put(policy, other);
    }
    return other;
  }

  @Override
  public boolean comesAfterTheAppsFilters() {
    return installation.agent() == null;
  }

  /**
   * Whether a client that asks before it sends its body is refused without being told to go on. Tomcat tells it to go on before
   * any filter sees the request: there only the agent can say yes.
   */
  @Override
  public boolean judgesBeforeContinue() {
    return true;
  }

  /** Whether a request is judged that has sent its head alone. Jetty 9.4 waits for the first byte of the body. */
  @Override
  public boolean hearsTheHeadAlone() {
    return true;
  }
}
