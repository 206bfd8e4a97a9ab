package example.boot;

import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

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
    return Map.of("model", body.get("model"), "text", "你好");
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

  /** Fails. */
  @PostMapping("/openai/fails")
  public void fails() {
    throw new IllegalStateException("as it was asked to");
  }
}
