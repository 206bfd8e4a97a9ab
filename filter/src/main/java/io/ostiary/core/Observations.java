package io.ostiary.core;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the operator is told of calls that were refused, or that would have been if they were not only observed: a line at
 * once, and then no more than one every ten seconds a reason, however many calls come. A line tells of the call that is at
 * hand, and counts those since the line before; those after which no more came are told of by {@link #tellTheRest}.
 */
final class Observations {

  private static final long PAUSE_NANOS = 10_000_000_000L;

  private final LongSupplier nanoTime;
  private final Log log;
  private final Map<Reason, Pace> refusals = new EnumMap<>(Reason.class);
  private final Map<Reason, Pace> observed = new EnumMap<>(Reason.class);
  private final Pace gone;
  private final Pace forgotten;

  /** Observations told to a log, on a monotonic clock in nanoseconds. */
  Observations(LongSupplier nanoTime, Log log) {
    this.nanoTime = nanoTime;
    this.log = log;
    long now = nanoTime.getAsLong();
    gone = new Pace(now);
    forgotten = new Pace(now);
    for (Reason reason : Reason.values()) {
      refusals.put(reason, new Pace(now));
      observed.put(reason, new Pace(now));
    }
  }

  /**
   * One more call was refused.
   *
   * @param facts of which a limit, an address and the entry of a list are told
   * @param tag of its key, or {@code null} if that is not known
   * @param requestId the one in the answer
   */
  void refused(
      Reason reason,
      int status,
      Facts facts,
      @Nullable String tag,
      @Nullable RequestPath path,
      String requestId) {
    long calls = pace(refusals, reason).count(nanoTime.getAsLong());
    if (calls > 0) {
      StringBuilder line = line("refused with " + status + ' ', reason, facts, tag, path);
      tell(line.append(", request ").append(requestId), calls);
    }
  }

  /** One more call would have been refused; the words are those of {@link #refused}. */
  void observed(Reason reason, Facts facts, @Nullable String tag, @Nullable RequestPath path) {
    long calls = pace(observed, reason).count(nanoTime.getAsLong());
    if (calls > 0) {
      tell(line("observed, would be refused: ", reason, facts, tag, path), calls);
    }
  }

  /** One more client has gone before its answer was complete; in the words of PAI-EAS that is 499, which nobody is sent. */
  void gone(@Nullable String tag, @Nullable RequestPath path) {
    long calls = gone.count(nanoTime.getAsLong());
    if (calls > 0) {
      tell(call(new StringBuilder("client gone (499)"), tag, path, null), calls);
    }
  }

  /** Counts the calls at the end of a burst, which no line has told of when one could have been written. */
  void tellTheRest() {
    long now = nanoTime.getAsLong();
    for (Reason reason : Reason.values()) {
      tellTheRest("refused: ", reason.name(), pace(refusals, reason), now);
      tellTheRest("observed, would be refused: ", reason.name(), pace(observed, reason), now);
    }
    tellTheRest("client gone ", "(499)", gone, now);
    tellTheRest("LET GO AT THE LAST MOMENT", "", forgotten, now);
  }

  private void tellTheRest(String what, String why, Pace pace, long now) {
    long calls = pace.rest(now);
    if (calls > 0) {
      tell(new StringBuilder(what).append(why), calls);
    }
  }

  /** One more call was let go of at the last moment: its server, or the guard, has not told of its end. */
  void forgotten(@Nullable String tag, @Nullable RequestPath path) {
    long calls = forgotten.count(nanoTime.getAsLong());
    if (calls > 0) {
      StringBuilder line =
          new StringBuilder("LET GO AT THE LAST MOMENT: nobody has told of the end of a call");
      warn(call(line, tag, path, null), calls);
    }
  }

  /** How many calls were refused, by reason, since this was made. */
  Map<String, Long> refused() {
    return sums(refusals);
  }

  /** How many calls would have been refused, by reason. */
  Map<String, Long> observed() {
    return sums(observed);
  }

  /** How many clients have gone before their answers were complete. */
  long gone() {
    return gone.sum();
  }

  /** How many calls were let go of at the last moment. */
  long forgotten() {
    return forgotten.sum();
  }

  /** Of every reason, also where there were none: whoever draws a rate needs the zero before the first. */
  private static Map<String, Long> sums(Map<Reason, Pace> all) {
    Map<String, Long> sums = new LinkedHashMap<>();
    all.forEach((reason, pace) -> sums.put(reason.name(), pace.sum()));
    return sums;
  }

  private static Pace pace(Map<Reason, Pace> all, Reason reason) {
    return Objects.requireNonNull(all.get(reason));
  }

  private static StringBuilder line(
      String verdict,
      Reason reason,
      Facts facts,
      @Nullable String tag,
      @Nullable RequestPath path) {
    StringBuilder line = call(new StringBuilder(verdict).append(reason), tag, path, reason);
    String limit = facts.get(Slot.LIMIT);
    if (limit != null) {
      line.append(", limit ").append(limit).append(' ').append(facts.get(Slot.UNIT));
    }
    String address = facts.get(Slot.IP);
    if (address != null) {
      line.append(", from ").append(address);
    }
    String entry = facts.get(Slot.ENTRY);
    return entry == null ? line : line.append(", entry ").append(Problems.printable(entry));
  }

  /** A path that could be read in two ways is told as it came, others as they are judged. */
  private static StringBuilder call(
      StringBuilder line, @Nullable String tag, @Nullable RequestPath path, @Nullable Reason why) {
    line.append(tag == null ? ", no known key" : ", key " + tag);
    if (path == null) {
      return line;
    }
    String told = why == Reason.PATH_AMBIGUOUS ? path.sent() : path.text();
    return line.append(", path ").append(Problems.printable(told));
  }

  private void tell(StringBuilder line, long calls) {
    try {
      log.info(counted(line, calls));
    } catch (Throwable unloggable) {
      // No call is answered otherwise because nobody can be told of it.
    }
  }

  private void warn(StringBuilder line, long calls) {
    try {
      log.warn(counted(line, calls));
    } catch (Throwable unloggable) {
      // Likewise.
    }
  }

  private static String counted(StringBuilder line, long calls) {
    return line.append("; such calls since the last such line: ").append(calls).toString();
  }

  /** How often one thing has happened, and when it may be told of again. */
  private static final class Pace {

    private final LongAdder calls = new LongAdder();
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong nextLine;

    Pace(long now) {
      nextLine = new AtomicLong(now);
    }

    /** Counts one more. Answers how many there were since the last line if it is time for another, and 0 if it is not. */
    long count(long now) {
      calls.increment();
      long due = nextLine.get();
      if (now - due < 0 || !nextLine.compareAndSet(due, now + PAUSE_NANOS)) {
        return 0;
      }
      return Math.max(1, untold());
    }

    /** How many there were since the last line if it is time for another, and 0 if there were none or it is not. */
    long rest(long now) {
      long due = nextLine.get();
      boolean some = sum() != told.get();
      return some && now - due >= 0 && nextLine.compareAndSet(due, now + PAUSE_NANOS)
          ? untold()
          : 0;
    }

    long sum() {
      return calls.sum();
    }

    private long untold() {
      long sum = sum();
      return sum - told.getAndSet(sum);
    }
  }
}
