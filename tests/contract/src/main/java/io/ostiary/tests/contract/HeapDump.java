package io.ostiary.tests.contract;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The live objects of another JVM, after a collection, in a file that is deleted in the end. */
final class HeapDump implements AutoCloseable {

  private final Path file;

  private HeapDump(Path file) {
    this.file = file;
  }

  /** Has a JVM collect its garbage and dump what is left. */
  static HeapDump of(long pid) throws IOException {
    Path folder = Files.createTempDirectory("heap");
    Path file = folder.resolve("live.hprof");
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process dumping =
        new ProcessBuilder(
                jcmd.toString(),
                Long.toString(pid),
                "GC.heap_dump",
                file.toAbsolutePath().toString())
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(dumping.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!dumping.waitFor(60, TimeUnit.SECONDS) || !Files.exists(file)) {
        throw new IOException("no heap dump: " + said);
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      throw new IOException(hurried);
    }
    return new HeapDump(file);
  }

  /** How a text can lie in a heap: a byte a character, or two in either order. */
  static List<byte[]> spellings(String text) {
    return List.of(
        text.getBytes(StandardCharsets.ISO_8859_1),
        text.getBytes(StandardCharsets.UTF_16BE),
        text.getBytes(StandardCharsets.UTF_16LE));
  }

  /** In bytes. */
  long size() throws IOException {
    return Files.size(file);
  }

  /** How often some bytes stand there; they must not begin with a repetition of themselves. */
  int count(byte[] wanted) throws IOException {
    int count = 0;
    int matched = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        if ((byte) b == wanted[matched]) {
          matched++;
        } else {
          matched = (byte) b == wanted[0] ? 1 : 0;
        }
        if (matched == wanted.length) {
          count++;
          matched = 0;
        }
      }
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(file.getParent());
  }
}
