package io.ostiary.tests.field;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A way to a server on which each byte takes fifty milliseconds, and more than a few are let go only when the first have been taken: as
 * TCP begins, with 14 KiB for the first hundred milliseconds, and twice as many for each hundred after. A reset takes the same time, and
 * what the other side has not read by then is lost to it. For one connection.
 */
final class SlowRoad implements Closeable {

  private static final long DELAY = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int FIRST = 14 * 1024;

  private final ServerSocket entry = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final int target;

  /** A way to a port of this machine. */
  SlowRoad(int target) throws IOException {
    this.target = target;
    Thread travel = new Thread(this::travel, "slow road");
    travel.setDaemon(true);
    travel.start();
  }

  /** Where it begins. */
  int port() {
    return entry.getLocalPort();
  }

  private void travel() {
    try {
      Socket client = entry.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Thread back = new Thread(() -> carry(server, client), "slow road back");
      back.setDaemon(true);
      back.start();
      carry(client, server);
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void carry(Socket from, Socket to) {
    byte[] burst = new byte[8 << 20];
    int allowed = FIRST;
    try {
      int read = from.getInputStream().read(burst, 0, allowed);
      while (read >= 0) {
        LockSupport.parkNanos(DELAY);
        to.getOutputStream().write(burst, 0, read);
        to.getOutputStream().flush();
        if (read == allowed) {
          LockSupport.parkNanos(DELAY);
          allowed = Math.min(2 * allowed, burst.length);
        }
        read = from.getInputStream().read(burst, 0, allowed);
      }
      LockSupport.parkNanos(DELAY);
      to.shutdownOutput();
    } catch (IOException reset) {
      LockSupport.parkNanos(DELAY);
      breakOff(from);
      breakOff(to);
    }
  }

  private static void breakOff(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException already) {
      // It is closed.
    }
  }

  @Override
  public void close() throws IOException {
    entry.close();
  }
}
