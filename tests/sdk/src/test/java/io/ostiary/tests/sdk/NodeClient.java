package io.ostiary.tests.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client for Node, in a process of its own that is told a call, and tells what came of it, by a line of JSON each. */
final class NodeClient implements Client {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Integer, String> ERRORS =
      Map.of(
          400, "BadRequestError",
          401, "AuthenticationError",
          403, "PermissionDeniedError",
          404, "NotFoundError",
          429, "RateLimitError");

  /** Those that Anthropic's has beside these. */
  private static final Map<Integer, String> MORE_ERRORS =
      Map.of(413, "ContentTooLargeError", 504, "GatewayTimeoutError", 529, "OverloadedError");

  private final Process process;
  private final Map<Integer, String> moreErrors;
  private final Writer calls;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private NodeClient(Process process, Map<Integer, String> moreErrors) {
    this.process = process;
    this.moreErrors = moreErrors;
    this.calls = new OutputStreamWriter(process.getOutputStream(), UTF_8);
    Thread listener = new Thread(this::listen, "client output");
    listener.setDaemon(true);
    listener.start();
  }

  /** Starts the client that a script wraps. */
  static NodeClient start(String script) throws IOException {
    Path folder = Node.folder();
    ProcessBuilder node = new ProcessBuilder("node", "driver.mjs", script);
    node.directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
    // What a developer's own clients are told must not be told to these.
    node.environment().keySet().removeIf(NodeClient::isForClients);
    return new NodeClient(node.start(), script.equals("anthropic") ? MORE_ERRORS : Map.of());
  }

  private static boolean isForClients(String variable) {
    return variable.startsWith("OPENAI_") || variable.startsWith("ANTHROPIC_");
  }

  @Override
  public Told ask(Chat chat) throws IOException {
    calls.write(JSON.writeValueAsString(chat) + "\n");
    calls.flush();
    try {
      String answer = answers.poll(30, TimeUnit.SECONDS);
      if (answer == null) {
        // Its answer could still come, and be taken for that of another test.
        process.destroy();
        throw new IOException(
            "the client has ended, or waits for longer than any wait of the tests");
      }
      return JSON.readValue(answer, Told.class);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      throw new IOException(hurried);
    }
  }

  private void listen() {
    try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answers.add(line);
      }
    } catch (IOException ended) {
      // The process has been ended.
    }
  }

  @Override
  public String errorOf(int status) {
    String other = status >= 500 ? "InternalServerError" : "APIError";
    return moreErrors.getOrDefault(status, ERRORS.getOrDefault(status, other));
  }

  @Override
  public String errorOfStream() {
    return "APIError";
  }

  @Override
  public void close() throws IOException {
    calls.close();
    process.destroy();
  }
}
