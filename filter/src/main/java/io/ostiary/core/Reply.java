package io.ostiary.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the answer to one call is told by, whoever gives it: the request's id, and the words for errors from behind the guard.
 * The id is the caller's if it is well formed, else made when it is first asked for; it is the same at both stages.
 */
final class Reply {

  private final Call call;
  private final Log log;
  private @Nullable String id;

  Reply(Call call, Log log) {
    this.call = call;
    this.log = log;
  }

  /** The first stage has named the call already. */
  void isKnownAs(String named) {
    id = named;
  }

  String id(Dialect dialect) {
    String known = id;
    if (known == null) {
      known = dialect.requestId(call);
      id = known;
    }
    return known;
  }

  /** Lets a call pass that is judged in earnest: with its id in the answer, and its errors in the route's words. */
  Decision.Admit told(Route route, Decision.Admit admit) {
    List<Header> headers = new ArrayList<>(admit.headers().size() + 1);
    headers.add(route.dialect().idHeader(id(route.dialect())));
    headers.addAll(admit.headers());
    AppErrors errors = errors(route.dialect(), route.normalise(), headers, call.rawPath());
    return admit.told(headers, errors);
  }

  /** How errors are told on a call that nobody has judged, or {@code null} to leave them as they are. */
  @Nullable AppErrors errors(Dialect dialect, Normalise which, @Nullable String path) {
    return errors(dialect, which, List.of(dialect.idHeader(id(dialect))), path);
  }

  private @Nullable AppErrors errors(
      Dialect dialect, Normalise which, List<Header> headers, @Nullable String path) {
    return which == Normalise.NONE
        ? null
        : new AppErrors(dialect, which == Normalise.ALL, id(dialect), headers, path, log);
  }

  /** How a stream is ended that a budget stops. */
  Function<Meter, byte[]> farewell(Dialect dialect) {
    String named = id(dialect);
    return exhausted ->
        dialect.closingEvent(Reason.OUTPUT_STOPPED, Facts.NONE.and(exhausted.limit()), named);
  }
}
