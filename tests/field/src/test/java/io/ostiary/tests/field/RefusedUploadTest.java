package io.ostiary.tests.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.ostiary.tests.contract.Answer;
import io.ostiary.tests.contract.Ask;
import io.ostiary.tests.contract.Keys;
import io.ostiary.tests.contract.ServerProcess;
import io.ostiary.tests.contract.StalledUploadContract;
import io.ostiary.tests.contract.Wire;
import java.io.IOException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that are refused while they send, before a server under the agent: they get to see why, and hold nobody up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ParameterizedClass
@MethodSource("io.ostiary.tests.field.Server#kinds")
class RefusedUploadTest implements StalledUploadContract {

  private static final int MUCH = 3 << 20;

  @Parameter private Server kind;
  private ServerProcess server;

  @BeforeParameterizedClassInvocation
  void start() throws IOException {
    server = ServerProcess.start(kind.withAgent());
  }

  @AfterParameterizedClassInvocation
  void stop() throws IOException {
    server.close();
  }

  @Override
  public ServerProcess server() {
    return server;
  }

  @Override
  public boolean judgesBeforeContinue() {
    return true;
  }

  @Override
  public boolean hearsTheHeadAlone() {
    return kind.hearsTheHeadAlone();
  }

  /** Pitfall 15: a client that is far away, and still sending, reads the whole answer. */
  @ParameterizedTest
  @CsvSource({
    "nobody, 65536, 401",
    "nobody, 3145728, 401",
    "acme, 131072, 413",
    "acme, 3145728, 413"
  })
  void a_client_that_is_far_away_reads_why_it_is_refused(String key, int length, int status)
      throws IOException {
    try (SlowRoad road = new SlowRoad(server.port());
        Wire wire = new Wire(road.port())) {
      wire.send(Ask.of("POST", "/small/x").key(key).headDeclaring(length));
      try {
        wire.send(new byte[length]);
      } catch (IOException notTaken) {
        // The answer tells why.
      }
      Answer answer = wire.answerTo("POST");
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.text()).endsWith("}");
    }
  }

  /** Pitfall 18: refused at the connector or in the midst of the body, it is seen, and the other streams go on. */
  @ParameterizedTest
  @CsvSource({"nobody, 401", "acme, 413"})
  void a_stream_that_is_refused_while_it_sends_shows_why(String key, int status)
      throws IOException {
    Assumptions.assumeTrue(kind.speaksHttp2());
    int seen = 0;
    for (int trial = 0; trial < 100; trial++) {
      seen += refusedInMidUpload(key) == status ? 1 : 0;
    }
    assertThat(seen).isGreaterThanOrEqualTo(99);
  }

  private int refusedInMidUpload(String key) throws IOException {
    try (Http2Wire wire = new Http2Wire(server.port())) {
      Http2Wire.Stream neighbour =
          wire.ask(
              1,
              "GET",
              "/open/play",
              true,
              "x-play",
              "ZGF0YToge30KCg==",
              "x-via",
              "stream",
              "x-times",
              "3",
              "x-pause",
              "3000");
      Http2Wire.Stream upload =
          wire.ask(3, "POST", "/small/x", false, "authorization", "Bearer " + Keys.secretOf(key));
      wire.upload(3, MUCH);
      wire.await(upload);
      wire.await(neighbour);
      assertThat(neighbour.status()).isEqualTo(200);
      assertThat(neighbour.body()).isEqualTo("data: {}\n\n".repeat(3));
      Http2Wire.Stream next = wire.ask(5, "GET", "/open/hits", true);
      wire.await(next);
      assertThat(next.status()).isEqualTo(200);
      return upload.status();
    }
  }
}
