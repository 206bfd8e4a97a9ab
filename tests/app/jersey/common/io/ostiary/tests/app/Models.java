package io.ostiary.tests.app;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.nio.charset.StandardCharsets;

/** Models behind JAX-RS, in an app that knows nothing of the guard. */
@Path("/openai")
public class Models {

  /** Answers at once. */
  @POST
  @Path("x")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public String answer(String body) {
    return "{\"got\":" + body + ",\"text\":\"你好\"}";
  }

  /** Answers from another thread. */
  @POST
  @Path("later")
  @Produces(MediaType.APPLICATION_JSON)
  public void later(String body, @Suspended AsyncResponse response) {
    new Thread(() -> response.resume("{\"got\":" + body + "}")).start();
  }

  /** Answers with events. */
  @POST
  @Path("events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void events(String body, @Context SseEventSink sink, @Context Sse sse) {
    new Thread(
            () -> {
              try (sink) {
                sink.send(sse.newEvent("你好🙂")).toCompletableFuture().join();
                sink.send(sse.newEvent("[DONE]")).toCompletableFuture().join();
              }
            })
        .start();
  }

  /** Writes as it goes. */
  @GET
  @Path("stream")
  @Produces("application/x-ndjson")
  public StreamingOutput stream(@QueryParam("n") int lines) {
    return out -> {
      for (int i = 0; i < lines; i++) {
        out.write(("{\"line\":" + i + "}\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    };
  }

  /** Reads a form. */
  @POST
  @Path("form")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_PLAIN)
  public String form(@FormParam("model") String model, @FormParam("text") String text) {
    return model + " " + text;
  }

  /** Fails. */
  @POST
  @Path("fails")
  public String fails() {
    throw new IllegalStateException("as it was asked to");
  }

  /** Says no, with a body of its own. */
  @POST
  @Path("refuses")
  public Response refuses() {
    return Response.status(422).type("application/json").entity("{\"mine\":true}").build();
  }

  /** Says no, without one. */
  @POST
  @Path("refuses-plainly")
  public Response refusesPlainly() {
    throw new WebApplicationException(409);
  }
}
