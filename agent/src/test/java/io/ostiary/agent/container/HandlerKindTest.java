package io.ostiary.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ConditionalHandler;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextRequest;
import org.eclipse.jetty.server.handler.DefaultHandler;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** Pitfall 7: what may answer by itself is judged before it is called. */
class HandlerKindTest {

  @Test
  void what_is_given_requests_may_answer_them_by_whichever_method() {
    assertThat(HandlerKind.of(new OnConditions())).isEqualTo(HandlerKind.ANSWERS);
    assertThat(HandlerKind.of(new OwnContext())).isEqualTo(HandlerKind.ANSWERS);
    assertThat(HandlerKind.of(new Around())).isEqualTo(HandlerKind.ANSWERS);
  }

  @Test
  void what_only_names_others_hands_calls_on() {
    assertThat(HandlerKind.of(new ContextHandler())).isEqualTo(HandlerKind.SILENT);
    assertThat(HandlerKind.of(new Handler.Sequence())).isEqualTo(HandlerKind.SILENT);
    assertThat(HandlerKind.of(new DefaultHandler())).isEqualTo(HandlerKind.SILENT);
    assertThat(HandlerKind.of(new Named())).isEqualTo(HandlerKind.SILENT);
  }

  private static final class OnConditions extends ConditionalHandler.Abstract {

    @Override
    protected boolean onConditionsMet(Request request, Response response, Callback callback) {
      return true;
    }

    @Override
    protected boolean onConditionsNotMet(Request request, Response response, Callback callback) {
      return false;
    }
  }

  private static final class OwnContext extends ContextHandler {

    @Override
    protected boolean handleByContextHandler(
        String path, ContextRequest request, Response response, Callback callback) {
      return true;
    }
  }

  private static final class Around extends Handler.Wrapper {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      return true;
    }
  }

  private static final class Named extends ContextHandler {

    @Override
    public String toString() {
      return "a context of the app's";
    }
  }
}
