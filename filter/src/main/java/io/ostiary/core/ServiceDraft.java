package io.ostiary.core;

import java.time.Duration;
import java.util.List;

/** Makes the service as a whole. */
final class ServiceDraft {

  private static final long MOST = 100_000;
  private static final List<Setting> NEED_WORKERS =
      List.of(
          Setting.SERVICE_QUEUE,
          Setting.SERVICE_QUEUE_WAIT,
          Setting.SERVICE_THREADS,
          Setting.SERVICE_DRAIN);

  private final Section general;
  private final Problems problems;
  private final Values values;

  ServiceDraft(Section general, Problems problems, Values values) {
    this.general = general;
    this.problems = problems;
    this.values = values;
  }

  Service service() {
    int workers = number(Setting.SERVICE_WORKERS, 1, 0);
    if (workers == 0) {
      NEED_WORKERS.forEach(this::tellUnused);
    }
    int said = number(Setting.SERVICE_THREADS, 1, 0);
    int threads = said == 0 ? Service.USUAL_THREADS : said;
    int waiters = Service.waiters(threads, workers);
    int preset = Integer.parseInt(Setting.SERVICE_QUEUE.preset());
    int queue = number(Setting.SERVICE_QUEUE, 0, Math.min(preset, waiters));
    Given given = general.get(Setting.SERVICE_QUEUE);
    if (workers > 0 && given != null && queue > waiters) {
      problems.about(
          given,
          "at most %d calls can wait: of the server's %d threads (service.threads) the workers hold %d, and some stay free"
              .formatted(waiters, threads, workers));
    }
    Duration wait = values.read(general, Setting.SERVICE_QUEUE_WAIT, Quantity::time);
    checkWait(wait);
    return new Service(
        workers,
        queue,
        wait,
        said,
        values.read(general, Setting.SERVICE_STATE, Choice.of(Service.State.values())),
        values.read(general, Setting.SERVICE_BODY_MEMORY, ServiceDraft::memory),
        values.read(general, Setting.SERVICE_INTERRUPT, Choice.TRUTH),
        values.read(general, Setting.SERVICE_DRAIN, Quantity::time));
  }

  /** The time that a call may take where its route says nothing; zero for any. */
  Duration timeout() {
    Given given = general.get(Setting.SERVICE_TIMEOUT);
    Duration timeout = given == null ? null : values.readGiven(given, Quantity::time);
    return timeout == null ? Duration.ZERO : timeout;
  }

  private void checkWait(Duration wait) {
    Given given = general.get(Setting.SERVICE_QUEUE_WAIT);
    Duration timeout = timeout();
    if (given != null && !timeout.isZero() && wait.compareTo(timeout) > 0) {
      problems.about(given, "is longer than service.timeout");
    }
  }

  private int number(Setting setting, long least, int otherwise) {
    Given given = general.get(setting);
    Long number =
        given == null ? null : values.readGiven(given, text -> Quantity.count(text, least, MOST));
    return number == null ? otherwise : number.intValue();
  }

  private static long memory(String text) {
    return Quantity.sizeOrShare(text, Runtime.getRuntime().maxMemory());
  }

  private void tellUnused(Setting setting) {
    Given given = general.get(setting);
    if (given != null) {
      problems.about(given, "has no effect without service.workers");
    }
  }
}
