package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who runs, who waits and who is next. */
class WaitingLineTest {

  private final AtomicLong nanos = new AtomicLong(7);
  private final WaitingLine line = new WaitingLine(nanos::get);
  private final Set<String> tags = new HashSet<>();

  private Turn turn(String tag, Priority priority) {
    tags.add(tag);
    return line.turnOf(tag, priority);
  }

  private Turn turn(String tag) {
    return turn(tag, Priority.NORMAL);
  }

  private void size(int workers, int queue) {
    line.resize(workers, queue, true, tags);
  }

  private Ticket join(String tag) {
    Ticket ticket = line.join(turn(tag));
    return Objects.requireNonNull(ticket, tag);
  }

  /** Lets the running call end, over and over, and says in which order the others were called. */
  private String served(Ticket first, List<Ticket> waiting, String names) {
    StringBuilder order = new StringBuilder();
    Ticket running = first;
    while (order.length() < names.length()) {
      running.leave();
      for (int i = 0; i < waiting.size(); i++) {
        if (waiting.get(i).state == Ticket.State.RUNNING) {
          running = waiting.get(i);
          order.append(names.charAt(i));
        }
      }
    }
    running.leave();
    assertThat(line.running()).isZero();
    return order.toString();
  }

  /** Q1. */
  @Test
  void lets_so_many_run_and_so_many_wait_and_turns_the_next_away() {
    size(5, 64);
    List<Ticket> all = new ArrayList<>();
    for (int i = 0; i < 69; i++) {
      all.add(join("a"));
    }

    assertThat(line.join(turn("a"))).isNull();
    assertThat(line.join(turn("b"))).isNull();
    assertThat(all.subList(0, 5)).allMatch(ticket -> ticket.state == Ticket.State.RUNNING);
    assertThat(all.subList(5, 69)).allMatch(Ticket::isWaiting);
    all.get(3).leave();
    assertThat(all.get(5).state).isEqualTo(Ticket.State.RUNNING);
    assertThat(line.join(turn("b"))).isNotNull();
    assertThat(line.join(turn("b"))).isNull();
  }

  /** Q4. */
  @Test
  void is_first_in_first_out_for_one_key() {
    size(1, 9);
    Ticket first = join("a");
    List<Ticket> waiting = List.of(join("a"), join("a"), join("a"), join("a"));

    assertThat(served(first, waiting, "1234")).isEqualTo("1234");
  }

  /** Q4. */
  @Test
  void lets_keys_take_turns() {
    size(1, 9);
    Ticket first = join("a");
    List<Ticket> waiting =
        List.of(join("a"), join("a"), join("a"), join("b"), join("b"), join("c"));

    assertThat(served(first, waiting, "123xyC")).isEqualTo("xC1y23");
  }

  /** Q4: the call that is running is all that it waits for, although a thousand others came before it. */
  @Test
  void a_key_with_a_thousand_calls_in_the_line_holds_another_up_by_one_call() {
    size(1, 1001);
    Ticket running = join("many");
    for (int i = 0; i < 1000; i++) {
      join("many");
    }
    Ticket single = join("one");
    running.leave();

    assertThat(single.state).isEqualTo(Ticket.State.RUNNING);
  }

  /** A key must not get ahead of all by never having two calls in the line. */
  @Test
  void a_key_that_was_just_served_is_not_next_again() {
    size(1, 9);
    Ticket running = join("b");
    Ticket a = join("a");
    Ticket again = join("b");
    running.leave();
    assertThat(a.state).isEqualTo(Ticket.State.RUNNING);
    Ticket secondOfA = join("a");
    a.leave();
    assertThat(again.state).isEqualTo(Ticket.State.RUNNING);
    Ticket third = join("b");
    again.leave();
    assertThat(secondOfA.state).isEqualTo(Ticket.State.RUNNING);
    assertThat(third.isWaiting()).isTrue();
  }

  @Test
  void calls_those_of_a_higher_priority_first() {
    turn("low", Priority.LOW);
    Turn high = turn("high", Priority.HIGH);
    size(1, 9);
    Ticket first = join("a");
    Ticket low = Objects.requireNonNull(line.join(line.turnOf("low", Priority.LOW)));
    Ticket normal = join("a");
    Ticket urgent = Objects.requireNonNull(line.join(high));
    Ticket urgentToo = Objects.requireNonNull(line.join(high));

    assertThat(served(first, List.of(low, normal, urgent, urgentToo), "lnuv")).isEqualTo("uvnl");
  }

  @Test
  void a_priority_can_change_while_calls_wait() {
    size(1, 9);
    Ticket first = join("a");
    List<Ticket> waiting = List.of(join("b"), join("c"));
    turn("c", Priority.HIGH);

    assertThat(served(first, waiting, "bc")).isEqualTo("cb");
  }

  /** Q3: whoever goes frees the place at once. */
  @Test
  void who_gives_up_leaves_the_place_to_the_next() {
    size(1, 1);
    Ticket first = join("a");
    Ticket second = join("a");
    assertThat(line.join(turn("b"))).isNull();

    assertThat(second.giveUpWaiting()).isEqualTo(Ticket.State.WAITING);
    Ticket third = join("b");
    first.leave();

    assertThat(third.state).isEqualTo(Ticket.State.RUNNING);
    assertThat(second.state).isEqualTo(Ticket.State.OVER);
    assertThat(line.waiting()).isZero();
  }

  @Test
  void a_place_is_given_back_once_however_often_it_is_given_back() {
    size(1, 1);
    Ticket first = join("a");
    first.leave();
    first.leave();
    first.takeBack();
    join("a");

    assertThat(line.running()).isOne();
  }

  /** K3. */
  @Test
  void a_reload_calls_those_for_whom_there_is_room_now_and_takes_nothing_from_those_that_run() {
    size(1, 3);
    Ticket first = join("a");
    Ticket second = join("a");
    Ticket third = join("b");
    size(2, 0);
    assertThat(List.of(second, third)).filteredOn(Ticket::isWaiting).hasSize(1);
    size(1, 0);
    assertThat(line.running()).isEqualTo(2);
    first.leave();
    assertThat(line.waiting()).isOne();
    size(Integer.MAX_VALUE, 0);

    assertThat(line.waiting()).isZero();
  }

  @Test
  void a_key_that_the_policy_forgets_is_still_served() {
    size(1, 3);
    Ticket first = join("a");
    Ticket gone = join("gone");
    tags.remove("gone");
    size(1, 3);
    Ticket again = join("gone");
    first.leave();
    assertThat(gone.state).isEqualTo(Ticket.State.RUNNING);
    gone.leave();

    assertThat(again.state).isEqualTo(Ticket.State.RUNNING);
  }

  @Test
  void sends_all_away_that_wait_when_the_service_drains_and_takes_calls_again_after() {
    size(1, 3);
    Ticket running = join("a");
    Ticket waiting = join("a");
    line.resize(1, 3, false, tags);

    assertThat(waiting.giveUpWaiting()).isEqualTo(Ticket.State.DISMISSED);
    assertThat(line.join(turn("a"))).isNull();
    running.leave();
    size(1, 3);
    join("a");
    line.close(0);
    size(1, 3);
    assertThat(line.join(turn("a"))).isNull();
  }

  /** H1: from how long calls have taken, and how many are to be served before. */
  @Test
  void estimates_when_a_worker_will_be_free() {
    size(2, 9);
    assertThat(line.nanosUntilFree()).as("nothing known yet").isEqualTo(500_000_000L);
    for (int i = 0; i < 50; i++) {
      Ticket ticket = join("a");
      nanos.addAndGet(4_000_000_000L);
      ticket.leave();
    }
    assertThat(line.nanosUntilFree()).isEqualTo(2_000_000_000L);
    for (int i = 0; i < 5; i++) {
      join("a");
    }
    assertThat(line.nanosUntilFree()).isEqualTo(8_000_000_000L);
  }
}
