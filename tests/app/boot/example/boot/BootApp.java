package example.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.MediaType;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** A Spring app that knows nothing of the guard. */
@SpringBootApplication
@RestController
public class BootApp {

  /** Serves until it is ended. */
  public static void main(String[] args) {
    SpringApplication.run(BootApp.class, args);
  }

  /** Answers at once. */
  @PostMapping("/openai/x")
  public Map<String, Object> echo(@RequestBody Map<String, Object> body) {
    return new TreeMap<>(Map.of("model", body.get("model"), "text", "你好"));
  }

  /** Answers from another thread. */
  @PostMapping("/openai/later")
  public Callable<Map<String, Object>> later(@RequestBody Map<String, Object> body) {
    return () -> Map.of("model", body.get("model"));
  }

  /** Answers with events. */
  @PostMapping(path = "/openai/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  public SseEmitter events(@RequestBody Map<String, Object> body) {
    SseEmitter events = new SseEmitter();
    new Thread(
            () -> {
              try {
                events.send("你好🙂");
                events.send("[DONE]");
                events.complete();
              } catch (Exception e) {
                events.completeWithError(e);
              }
            })
        .start();
    return events;
  }

  /** Takes a file, and tells how many bytes lie in files that are there for the time of the call. */
  @PostMapping({"/openai/upload", "/files/upload"})
  public Map<String, Object> upload(
      @RequestParam("file") MultipartFile file, @RequestParam("model") String model)
      throws IOException {
    long temporary = temporaryBytes();
    try (InputStream in = file.getInputStream()) {
      return new TreeMap<>(
          Map.of(
              "model", model,
              "name", String.valueOf(file.getOriginalFilename()),
              "size", file.getSize(),
              "md5", DigestUtils.md5DigestAsHex(in),
              "doubled", temporary > file.getSize() * 3 / 2));
    }
  }

  private static long temporaryBytes() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(Files::isRegularFile).mapToLong(BootApp::size).sum();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells where it takes itself to be called. */
  @PostMapping("/openai/where")
  public Map<String, Object> where() {
    return Map.of("url", ServletUriComponentsBuilder.fromCurrentRequest().toUriString());
  }

  /** Fails. */
  @PostMapping("/openai/fails")
  public void fails() {
    throw new IllegalStateException("as it was asked to");
  }
}
