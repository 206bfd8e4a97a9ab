package io.ostiary.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The doorkeeper: one decision per call, in two stages, because a server has two doors. {@link #arrive} judges the head of a
 * request before a body byte is asked for, and draws on nothing; {@link #enter} judges what needs the body, and draws on the
 * limits. Neither ever throws.
 *
 * <p>Its one mutable field is the policy in force, replaced whole by {@link #install} and read once a call.
 */
public final class Guard implements AutoCloseable {

  /** The system property by which an agent tells the filters in its JVM of its policy file, an absolute path. */
  public static final String AGENT_POLICY = "io.ostiary.agent.policy";

  private static final Refusal LAST_RESORT =
      new Refusal(
          500,
          List.of(new Header("Content-Type", "application/json; charset=utf-8")),
          "{\"error\":{\"code\":\"internal_error\",\"message\":\"An unexpected exception occurred.\"}}"
              .getBytes(StandardCharsets.UTF_8));

  /** A call has let go of its worker before the server has written the last bytes of its answer. */
  private static final long LAST_BYTES_MILLIS = 100;

  private final Meters meters;
  private final Learned learned = new Learned();
  private final Observations observations;
  private final CallerMemory memory;
  private final LongSupplier wallMillis;
  private final Log log;
  private final WaitingLine line;
  private final Deadlines deadlines;
  private final ClientWatch clients;
  private final BodyMemory bodies;
  private volatile InForce now;

  /** The threads that the server has for calls, or zero before anybody has told. */
  private volatile int threads;

  private final NoticeBoard board;
  private @Nullable PolicyWatch watch;

  /**
   * A guard by a policy.
   *
   * @param nanoTime a monotonic clock for the limits
   * @param wallMillis the time of day, for keys that expire
   */
  Guard(Policy policy, LongSupplier nanoTime, LongSupplier wallMillis, Log log) {
    this.meters = new Meters(nanoTime);
    this.wallMillis = wallMillis;
    this.log = log;
    this.observations = new Observations(nanoTime, log);
    this.memory = new CallerMemory(nanoTime, new SecureRandom().nextLong(), log);
    this.deadlines = new Deadlines(nanoTime);
    this.clients = new ClientWatch(deadlines, () -> now.policy.service().interrupts());
    this.line = new WaitingLine(nanoTime);
    this.bodies = new BodyMemory(policy.service().bodyMemory());
    this.now = inForce(policy);
    this.board = new NoticeBoard(figures(), log);
  }

  private InForce inForce(Policy policy) {
    InForce next =
        new InForce(policy, meters, learned, observations, memory, line, deadlines, bodies);
    bodies.resize(policy.service().bodyMemory());
    resize(policy);
    return next;
  }

  private void resize(Policy policy) {
    Service service = policy.service();
    int queue = service.queueWith(threads);
    if (queue < service.queue()) {
      log.warn(
          "service.queue = %d is more than the server's %d threads leave beside %d workers: %d calls wait at most"
              .formatted(service.queue(), threads, service.workers(), queue));
    }
    Set<String> tags = policy.keys().stream().map(Key::tag).collect(Collectors.toSet());
    line.resize(
        service.hasWorkers() ? service.workers() : Integer.MAX_VALUE,
        queue,
        policy.guarding() && service.state() == Service.State.READY,
        tags);
  }

  /**
   * Guards by a policy file, and follows its changes until closed.
   *
   * @param file the operator's file, or {@code null} to look for it in the usual places
   * @throws PolicyException if the file cannot be read or has problems; the message is the list of them
   */
  public static Guard open(@Nullable Path file, Log log) throws PolicyException {
    Surroundings surroundings = Surroundings.ofThisProcess();
    PolicyFile found = new PolicyFile(PolicySearch.find(file, surroundings), surroundings, log);
    PolicyReading first = found.read();
    Policy policy = first.orThrow();
    Guard guard = new Guard(policy, System::nanoTime, System::currentTimeMillis, log);
    guard.follow(new PolicyWatch(found, first, policy, guard::install, log));
    return guard;
  }

  private void follow(PolicyWatch watch) {
    this.watch = watch;
    watch.start(this::tellTheRest);
  }

  /** Has the log count what came after its last lines. */
  void tellTheRest() {
    observations.tellTheRest();
  }

  /** Puts another policy in force, at once and whole: calls on their way keep the one they began with. */
  synchronized void install(Policy policy) {
    now = inForce(policy);
  }

  /**
   * The server has so many threads for calls, of which those that wait must leave some; of several pools the smallest counts,
   * since all wait in one line. What the operator says of threads counts before that.
   */
  public void serverHas(int found) {
    if (found > 0 && (threads == 0 || found < threads)) {
      shrinkTo(found);
    }
  }

  private synchronized void shrinkTo(int found) {
    if (threads == 0 || found < threads) {
      threads = found;
      resize(now.policy);
    }
  }

  /** The first stage. Answers {@link Decision.Proceed}, an untouched {@link Decision.Admit}, or {@link Decision.Reject}. */
  public Decision arrive(Call call) {
    Judgement judgement = judgement(now, call);
    try {
      return judgement.arrive();
    } catch (Throwable cause) {
      return failure(judgement, cause);
    }
  }

  /**
   * The second stage. Answers {@link Decision.Admit}, {@link Decision.Reject}, or {@link Decision.Wait}.
   *
   * @param call the same request; where the container has resolved its path by now to another than the first door saw, the
   *     first stage is judged again
   */
  public Decision enter(Arrival arrival, Call call, BodySource body) {
    Judgement judgement = judgement(arrival.now, call);
    try {
      return judgement.enter(arrival, body);
    } catch (IOException unreadable) {
      return unreadable(judgement);
    } catch (Throwable cause) {
      return failure(judgement, cause);
    }
  }

  /** How a call goes on that has waited: {@link Decision.Admit} or {@link Decision.Reject}. Ends the wait. */
  public Decision resume(Queued queued) {
    try {
      return queued.judgement.resume();
    } catch (Throwable cause) {
      return failure(queued.judgement, cause);
    }
  }

  /** Takes a call out of the line whose client has gone: it has cost nothing, and nobody is there to be answered. */
  public void abandon(Queued queued) {
    undo(queued.judgement);
    try {
      queued.judgement.abandoned();
    } catch (Throwable cause) {
      say("a call whose client has gone was not told of", cause);
    }
  }

  /**
   * Takes no more calls that need a key until {@link #goOn}, sends those away that wait for a worker, and waits until those that
   * run have ended: for as long as {@code service.drain} says, and no longer, also where a server's parts stop one after another
   * within its own stop.
   *
   * @return whether all have ended
   */
  public boolean drain() {
    boolean busy = line.close(now.policy.service().drain().toNanos());
    try {
      boolean ended = line.awaitIdle();
      if (busy) {
        Thread.sleep(LAST_BYTES_MILLIS);
      }
      return ended;
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Takes calls again: what was {@link #drain}ed for has stopped, and something else may have been started in its place. */
  public void goOn() {
    line.reopen();
  }

  /** Has the end of this JVM wait for calls that run; answers what {@link Runtime#removeShutdownHook} takes back. */
  public Thread drainsAtExit() {
    Thread hook = new Thread(null, this::drain, "ostiary-drain", 0, false);
    hook.setContextClassLoader(null);
    Runtime.getRuntime().addShutdownHook(hook);
    return hook;
  }

  /** Whether calls may have to wait for a worker, so that it matters whether their clients are still there. */
  public boolean mayWait() {
    return now.line != null;
  }

  /** Looks for the clients of calls that run. */
  public ClientWatch clients() {
    return clients;
  }

  /** Whether it matters what becomes of calls' clients: calls may wait for a worker, or their time is limited. */
  public boolean heedsClients() {
    InForce policy = now;
    return policy.line != null || policy.routes.limitsTime();
  }

  /** How many calls hold a worker; none where the policy has no workers. */
  public int running() {
    return now.line == null ? 0 : line.running();
  }

  /** How often a changed file did not become the policy. */
  long reloadFailures() {
    return watch == null ? 0 : watch.reloadFailures();
  }

  /** What an operator can read of it. */
  GuardMXBean figures() {
    return new Figures(this, line, observations);
  }

  /**
   * Has its figures be read by JMX from a few seconds on, until it is closed.
   *
   * @param context the path of the web application that it guards, or {@code null} if it guards all servers in this JVM
   */
  public void showFigures(@Nullable String context) {
    board.putUpLater(context);
  }

  /** How much memory the bodies of all calls on their way take, in bytes. */
  long bodyBytes() {
    return bodies.held();
  }

  /**
   * What becomes of a call on which a shell failed before the app saw anything of it: it is refused, or passes untouched where
   * the policy says so.
   */
  public Decision failure(Call call, Throwable cause) {
    return failure(judgement(now, call), cause);
  }

  /**
   * How the server's own errors are told on a call that no second stage has admitted.
   *
   * @param found what the first stage found, if it was asked
   * @return {@code null} to leave them to the server
   */
  public @Nullable AppErrors errors(Call call, @Nullable Object found) {
    try {
      if (found instanceof Decision.Admit admit && admit.isFinal()) {
        return admit.errors();
      }
      Arrival arrival = found instanceof Decision.Proceed proceed ? proceed.arrival() : null;
      return ServerErrors.of(arrival == null ? now : arrival.now, call, arrival, log);
    } catch (Throwable cause) {
      say("the guard failed on an error of the server and left it as it is", cause);
      return null;
    }
  }

  /** What an app's error page is not shown of a call that the server has answered before any second stage saw it. */
  public Veil veil(Call call) {
    return Veils.ofUnjudged(now, call);
  }

  /** Whether the path of a call is, or may be read as, one that needs a key. */
  public boolean needsKey(Call call) {
    InForce policy = now;
    RouteTable.Match match = policy.routes.match(RequestPath.of(call));
    Route route = match.route();
    return policy.policy.guarding() && (match.isAmbiguous() || (route != null && route.keyed()));
  }

  /** Whether a call passes when the guard itself fails: what {@code on-failure} says now. */
  public boolean admitsOnFailure() {
    return now.policy.admitsOnFailure();
  }

  /** Tells the operator that something is guarded, and by which file; or loudly that it is not, where the policy says so. */
  public void announce(String guarded) {
    Policy policy = now.policy;
    Path file = file();
    String by = file == null ? "" : " by policy " + file;
    policy.mode().tell(log, "guarding ", guarded + by + " (" + policy.counts() + ")");
  }

  /** What the policy in force makes of calls: {@code enforce}, {@code observe} or {@code off}. */
  public String mode() {
    return Choice.word(now.policy.mode());
  }

  /** Tells the operator of a part of what has been announced. */
  public void announcePart(String guarded) {
    now.policy.mode().tell(log, "guarding ", guarded);
  }

  /** Warns the operator of a part of a server, of whose own answers no more than the head of the call is judged. */
  public void warnOfHeadAlone(String part) {
    log.warn(
        "JUDGED BY THE HEAD ALONE: calls that "
            + part
            + " answers itself, before Jetty's own handle. Their key, address, path and declared length count; models and limits do not");
  }

  /** The absolute path of the operator's file, or {@code null} if the policy is of none. */
  public @Nullable Path file() {
    return watch == null ? null : watch.file();
  }

  private Judgement judgement(InForce policy, Call call) {
    return new Judgement(policy, call, wallMillis, log);
  }

  private Decision failure(Judgement judgement, Throwable cause) {
    undo(judgement);
    // An app that is called with its body gone would answer something else than it was asked.
    if (now.policy.admitsOnFailure() && !judgement.hasOpenedBody()) {
      say("the guard failed on a call and let it pass, as on-failure says", cause);
      return Decision.Admit.UNTOUCHED;
    }
    say("the guard failed on a call and refused it", cause);
    try {
      return judgement.failed();
    } catch (Throwable again) {
      return new Decision.Reject(Reason.INTERNAL, LAST_RESORT, true);
    }
  }

  private Decision unreadable(Judgement judgement) {
    try {
      return judgement.unreadable();
    } catch (Throwable cause) {
      return failure(judgement, cause);
    }
  }

  private void undo(Judgement judgement) {
    try {
      judgement.undo();
    } catch (Throwable cause) {
      say("what a call had drawn could not be given back", cause);
    }
  }

  private void say(String message, Throwable cause) {
    try {
      log.error(message, cause);
    } catch (Throwable unloggable) {
      // There is nobody left to tell.
    }
  }

  /** Stops following the file; nobody waits in the line any more. */
  @Override
  public void close() {
    line.close(0);
    board.close();
    if (watch != null) {
      watch.close();
    }
  }
}
