package example.boot;

import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What Spring's servlet answers with what is yet to come. */
@RestController
public class ReactiveAnswers {

  /** Answers with what will be there. */
  @PostMapping("/openai/mono")
  public Mono<Map<String, Object>> mono(@RequestBody Map<String, Object> body) {
    return Mono.fromCallable(() -> Map.of("model", body.get("model")));
  }

  /** Answers with events as they come. */
  @PostMapping(path = "/openai/flux", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  public Flux<String> flux(@RequestBody Map<String, Object> body) {
    return Flux.just("你好🙂", String.valueOf(body.get("model")), "[DONE]");
  }
}
