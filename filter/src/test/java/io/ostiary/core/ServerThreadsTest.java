package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Pitfall 55: calls that wait never take all threads of the server. */
class ServerThreadsTest {

  private static final String POLICY =
      """
      route.chat.paths = /v1/chat/completions
      route.chat.dialect = eas
      route.chat.model = body model
      key.a.sha256 = %s
      service.workers = 5
      """
          .formatted(Policies.sha256("sk-a"));

  /** How many calls are taken in, to run or to wait. */
  private static int takenIn(GuardedService service) {
    int taken = 0;
    while (!(service.judge(Request.chat("qwen-max", 4, 1).key("sk-a"))
        instanceof Decision.Reject)) {
      taken++;
    }
    return taken;
  }

  @Test
  void fewer_wait_where_the_server_has_fewer_threads() {
    GuardedService service = new GuardedService(POLICY);
    service.guard.serverHas(20);

    assertThat(takenIn(service)).isEqualTo(5 + 11);
    assertThat(service.lines).anyMatch(line -> line.contains("11 calls wait at most"));
  }

  @Test
  void none_wait_where_the_workers_take_all_threads() {
    GuardedService service = new GuardedService(POLICY);
    service.guard.serverHas(6);

    assertThat(takenIn(service)).isEqualTo(5);
  }

  @Test
  void the_smallest_of_several_pools_counts_also_after_a_reload() {
    GuardedService service = new GuardedService(POLICY);
    service.guard.serverHas(200);
    service.guard.serverHas(30);
    service.guard.serverHas(100);
    service.reload(POLICY + "service.queue = 64");

    assertThat(takenIn(service)).isEqualTo(5 + 21);
  }

  @Test
  void the_operator_s_own_word_stands() {
    GuardedService service = new GuardedService(POLICY + "service.threads = 400");
    service.guard.serverHas(20);

    assertThat(takenIn(service)).isEqualTo(5 + 64);
  }
}
