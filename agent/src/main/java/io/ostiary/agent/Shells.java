package io.ostiary.agent;

import io.ostiary.agent.hook.Hooks;
import io.ostiary.core.Guard;
import io.ostiary.core.Refusal;
import java.io.IOException;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The servlet shells of this JVM, one for each servlet API in it (Jetty 12 runs several side by side), chosen by the class of
 * the request. They are kept by the API's own classes, so that an API that goes takes its shell along.
 */
final class Shells implements Shell {

  private static final String REQUEST = ".servlet.http.HttpServletRequest";

  private final ClassValue<Shell> byApi;
  private final ClassValue<Shell> byRequest;

  Shells(Guard guard) {
    byApi =
        new ClassValue<>() {
          @Override
          protected Shell computeValue(Class<?> api) {
            return shell(api, guard);
          }
        };
    byRequest =
        new ClassValue<>() {
          @Override
          protected Shell computeValue(Class<?> request) {
            Class<?> api = apiOf(request);
            if (api == null) {
              throw new IllegalArgumentException(request + " is no servlet request");
            }
            return byApi.get(api);
          }
        };
  }

  @Override
  public boolean refuses(Object request, Object response, ToLongFunction<Object> age) {
    return byRequest.get(request.getClass()).refuses(request, response, age);
  }

  @Override
  public Hooks.@Nullable Passage enter(Object request, Object response) {
    return byRequest.get(request.getClass()).enter(request, response);
  }

  @Override
  public Hooks.@Nullable Passage enterOnly(Object request, Object response) {
    return byRequest.get(request.getClass()).enterOnly(request, response);
  }

  @Override
  public Hooks.@Nullable Passage enterAround(Object request, Object response) {
    return byRequest.get(request.getClass()).enterAround(request, response);
  }

  @Override
  public boolean answers(Object request, Object response) throws IOException {
    return byRequest.get(request.getClass()).answers(request, response);
  }

  @Override
  public void isDoneWith(Object request) {
    byRequest.get(request.getClass()).isDoneWith(request);
  }

  @Override
  public void answer(Refusal refusal, Object request, Object response) throws IOException {
    byRequest.get(request.getClass()).answer(refusal, request, response);
  }

  private static Shell shell(Class<?> api, Guard guard) {
    String namespace = api.getName().startsWith("javax") ? "javax." : "jakarta.";
    String ours = "io.ostiary.agent." + namespace;
    try {
      return (Shell)
          new BesideLoader(api.getClassLoader(), ours, "io.ostiary.servlet." + namespace)
              .loadClass(ours + "ServletShell")
              .getConstructor(Guard.class, Contexts.class)
              .newInstance(guard, new Contexts(guard));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no shell can stand beside " + api, e);
    }
  }

  private static @Nullable Class<?> apiOf(@Nullable Class<?> type) {
    if (type == null) {
      return null;
    }
    if (type.getName().equals("jakarta" + REQUEST) || type.getName().equals("javax" + REQUEST)) {
      return type;
    }
    for (Class<?> each : type.getInterfaces()) {
      Class<?> api = apiOf(each);
      if (api != null) {
        return api;
      }
    }
    return apiOf(type.getSuperclass());
  }
}
