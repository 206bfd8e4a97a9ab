package example.boot;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServletHttpHandlerAdapter;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** WebFlux as a servlet: on the server's own streams where Spring has an adapter for it, and on plain ones. */
@Configuration
public class Reactive {

  /** The paths below {@code /reactive}. */
  @Bean
  public ServletRegistrationBean<ServletHttpHandlerAdapter> onTheServersStreams() {
    return servlet(serversOwn(handler()), "reactive");
  }

  /** The paths below {@code /plain}. */
  @Bean
  public ServletRegistrationBean<ServletHttpHandlerAdapter> onPlainStreams() {
    return servlet(new ServletHttpHandlerAdapter(handler()), "plain");
  }

  private static ServletRegistrationBean<ServletHttpHandlerAdapter> servlet(
      ServletHttpHandlerAdapter adapter, String name) {
    ServletRegistrationBean<ServletHttpHandlerAdapter> servlet =
        new ServletRegistrationBean<>(adapter, "/" + name + "/*");
    servlet.setName(name);
    servlet.setAsyncSupported(true);
    return servlet;
  }

  private static ServletHttpHandlerAdapter serversOwn(HttpHandler handler) {
    String server =
        ClassUtils.isPresent("org.apache.catalina.startup.Tomcat", null) ? "Tomcat" : "Jetty";
    String name = ServletHttpHandlerAdapter.class.getPackageName() + "." + server;
    try {
      return (ServletHttpHandlerAdapter)
          Class.forName(name + "HttpHandlerAdapter")
              .getConstructor(HttpHandler.class)
              .newInstance(handler);
    } catch (ReflectiveOperationException | LinkageError none) {
      return new ServletHttpHandlerAdapter(handler);
    }
  }

  private static HttpHandler handler() {
    RouterFunction<ServerResponse> calls =
        RouterFunctions.route()
            .POST("/openai/x", Reactive::echo)
            .POST("/openai/events", Reactive::events)
            .POST("/openai/large", Reactive::large)
            .POST("/openai/fails", request -> Mono.error(new IllegalStateException("asked to")))
            .build();
    return RouterFunctions.toHttpHandler(calls);
  }

  private static Mono<ServerResponse> echo(ServerRequest request) {
    return request
        .bodyToMono(String.class)
        .flatMap(
            body ->
                ServerResponse.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue("{\"got\":" + body + ",\"text\":\"你好\"}"));
  }

  private static Mono<ServerResponse> events(ServerRequest request) {
    return request
        .bodyToMono(String.class)
        .flatMap(
            body ->
                ServerResponse.ok()
                    .contentType(MediaType.TEXT_EVENT_STREAM)
                    .body(Flux.fromIterable(List.of("你好🙂", "[DONE]")), String.class));
  }

  /** Ten megabytes for each call, in pieces. */
  private static Mono<ServerResponse> large(ServerRequest request) {
    byte[] piece = "0123456789abcdef".repeat(512).getBytes(StandardCharsets.US_ASCII);
    Flux<DataBuffer> pieces =
        Flux.range(0, 1280).map(i -> DefaultDataBufferFactory.sharedInstance.wrap(piece));
    return request
        .bodyToMono(String.class)
        .flatMap(
            body ->
                ServerResponse.ok()
                    .contentType(MediaType.APPLICATION_OCTET_STREAM)
                    .body(BodyInserters.fromDataBuffers(pieces)));
  }
}
