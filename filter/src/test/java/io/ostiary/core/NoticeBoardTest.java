package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where the figures are found by JMX, and that nothing of them stays behind. */
class NoticeBoardTest {

  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

  private final GuardedService service = new GuardedService(PolicyFolder.LEAST);
  private final PolicyFolder.RecordedLog log = new PolicyFolder.RecordedLog();
  private final List<NoticeBoard> boards = new ArrayList<>();

  private NoticeBoard board(@Nullable String context) {
    NoticeBoard board = new NoticeBoard(service.guard.figures(), log);
    boards.add(board);
    board.putUp(context);
    return board;
  }

  @AfterEach
  void take_down() throws JMException {
    boards.forEach(NoticeBoard::close);
    assertThat(names()).isEmpty();
  }

  private static Set<String> names() throws JMException {
    Set<String> names = new TreeSet<>();
    for (ObjectName name : SERVER.queryNames(new ObjectName("io.ostiary:*"), null)) {
      names.add(name.toString());
    }
    return names;
  }

  @Test
  void figures_can_be_read_and_nothing_can_be_changed() throws JMException {
    board(null);
    ObjectName name = new ObjectName("io.ostiary:type=Guard");

    service.judge(Request.post("/v1/chat", "{}").key("sk-wrong"));

    TabularData refused = (TabularData) SERVER.getAttribute(name, "Refused");
    assertThat(refused.get(new Object[] {"KEY_UNKNOWN"}).get("value")).isEqualTo(1L);
    MBeanInfo info = SERVER.getMBeanInfo(name);
    assertThat(info.getAttributes()).hasSize(11).noneMatch(attribute -> attribute.isWritable());
    assertThat(info.getOperations()).isEmpty();
  }

  @Test
  void guards_of_several_apps_are_told_apart() throws JMException {
    board(null);
    board("");
    board("/scoring");
    board("/scoring");
    NoticeBoard last = board("/a,b=c");

    assertThat(names())
        .containsExactlyInAnyOrder(
            "io.ostiary:type=Guard",
            "io.ostiary:type=Guard,context=/",
            "io.ostiary:type=Guard,context=/scoring",
            "io.ostiary:type=Guard,context=/scoring,instance=2",
            "io.ostiary:type=Guard,context=\"/a,b=c\"");
    last.close();
    assertThat(names()).hasSize(4);
    assertThat(log.lines).isEmpty();
  }

  @Test
  void a_board_that_is_closed_shows_nothing_any_more() throws JMException {
    NoticeBoard board = board(null);
    board.close();
    board.putUp(null);

    assertThat(names()).isEmpty();
  }

  @Test
  void what_others_have_taken_down_is_no_failure() throws JMException {
    NoticeBoard board = board(null);
    SERVER.unregisterMBean(new ObjectName("io.ostiary:type=Guard"));
    board.close();

    assertThat(log.lines).isEmpty();
  }

  /** Pitfall 61: an app that has gone is gone as a whole. */
  @Test
  void a_guard_that_was_closed_leaves_its_class_loader_free() throws Exception {
    WeakReference<ClassLoader> loader = new WeakReference<>(openedAndClosed());
    for (int i = 0; i < 100 && loader.get() != null; i++) {
      System.gc();
      LockSupport.parkNanos(5_000_000);
    }
    assertThat(loader.get()).isNull();
  }

  private static ClassLoader openedAndClosed() throws Exception {
    Apart loader = new Apart(true);
    try (AutoCloseable board = loader.show(told -> {})) {
      assertThat(board).isNotInstanceOf(NoticeBoard.class);
      assertThat(names()).containsExactly("io.ostiary:type=Guard,context=/apart");
    }
    return loader;
  }

  /** As in an image that was made by jlink without java.management. */
  @Test
  void a_java_without_jmx_is_told_of_once_and_guards() throws Exception {
    List<String> said = new ArrayList<>();
    try (AutoCloseable board = new Apart(false).show(said::add)) {
      assertThat(board).isNotInstanceOf(NoticeBoard.class);
      assertThat(names()).isEmpty();
    }
    assertThat(said)
        .containsExactly("this Java has no JMX (java.management): no figures can be read by it");
  }

  /** A guard whose figures are put up, made by whoever loads this class. */
  public static final class Shown implements Function<Consumer<String>, AutoCloseable> {

    @Override
    public AutoCloseable apply(Consumer<String> said) {
      GuardedService service = new GuardedService(PolicyFolder.LEAST);
      service.reject(Request.post("/v1/chat", "{}").key("sk-wrong"));
      NoticeBoard board = new NoticeBoard(service.guard.figures(), new Told(said));
      board.putUp("/apart");
      service.reject(Request.post("/v1/chat", "{}").key("sk-wrong"));
      return board;
    }
  }

  private record Told(Consumer<String> said) implements Log {

    @Override
    public void info(String message) {
      said.accept(message);
    }

    @Override
    public void warn(String message) {
      said.accept(message);
    }

    @Override
    public void error(String message, Throwable cause) {
      said.accept(message + cause);
    }
  }

  /** A class loader that has the guard to itself, as that of a web app with its jar, in a Java with JMX or without. */
  private static final class Apart extends URLClassLoader {

    private final boolean hasJmx;

    Apart(boolean hasJmx) {
      super(new URL[] {sourceOf(Guard.class), sourceOf(NoticeBoardTest.class)});
      this.hasJmx = hasJmx;
    }

    private static URL sourceOf(Class<?> type) {
      return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @SuppressWarnings("unchecked")
    AutoCloseable show(Consumer<String> said) throws ReflectiveOperationException {
      Class<?> shown = loadClass(Shown.class.getName());
      assertThat(shown).isNotSameAs(Shown.class);
      return ((Function<Consumer<String>, AutoCloseable>)
              shown.getDeclaredConstructor().newInstance())
          .apply(said);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!hasJmx
          && (name.startsWith("javax.management.") || name.startsWith("java.lang.manage"))) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("io.ostiary.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }
}
