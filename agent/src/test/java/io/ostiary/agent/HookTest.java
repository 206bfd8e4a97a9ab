package io.ostiary.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.description.ByteCodeElement;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hooks against the containers' own jars (P3): a release in which one no longer finds its method fails the build. */
class HookTest {

  @ParameterizedTest
  @CsvSource({
    "tomcat9, org.apache.catalina.connector.CoyoteAdapter, TomcatConnector",
    "tomcat9, org.apache.catalina.core.ApplicationFilterChain, TomcatDispatch",
    "tomcat10, org.apache.catalina.connector.CoyoteAdapter, TomcatConnector",
    "tomcat10, org.apache.catalina.core.ApplicationFilterChain, TomcatDispatch",
    "jetty94, org.eclipse.jetty.server.Server, JettyConnector",
    "jetty94, org.eclipse.jetty.servlet.ServletHandler, JettyDispatch",
    "jetty12, org.eclipse.jetty.server.Server, JettyCoreConnector",
    "jetty12, org.eclipse.jetty.ee10.servlet.ServletHandler$MappedServlet, JettyCoreDispatch",
    "tomcat9, org.apache.catalina.valves.ErrorReportValve, TomcatPages",
    "tomcat10, org.apache.catalina.valves.ErrorReportValve, TomcatPages",
    "jetty94, org.eclipse.jetty.server.handler.ErrorHandler, JettyPages",
    "jetty12, org.eclipse.jetty.server.handler.ErrorHandler, JettyCorePages",
  })
  void is_woven_into_the_method_that_it_names(String release, String type, String door)
      throws Exception {
    try (ClassFileLocator container = classesOf(release)) {
      byte[] before = container.locate(type).resolve();

      Weaving weaving = new Weaving(generations(type), container, before);
      byte[] after = weaving.weave();

      assertThat(weaving.hook().door()).isEqualTo(door);
      assertThat(calls(before)).isFalse();
      assertThat(calls(after)).isTrue();
      // Other agents may weave too, and a class may be loaded already: both allow no new members.
      assertThat(members(type, after)).isEqualTo(members(type, before));
    }
  }

  @Test
  void is_not_woven_into_a_method_of_another_shape() throws Exception {
    try (ClassFileLocator container = classesOf("tomcat10")) {
      String type = "org.apache.catalina.connector.CoyoteAdapter";
      Hook other = new Hook(type, "postParseRequest", "(I)Z", "TomcatConnector", Product.TOMCAT);

      assertThatThrownBy(
              () -> new Weaving(List.of(other), container, container.locate(type).resolve()))
          .isInstanceOf(NoSuchMethodException.class)
          .hasMessageContaining(type + ".postParseRequest");
    }
  }

  /** A container's jars, and what they stand on. */
  private static ClassFileLocator classesOf(String container) throws IOException {
    List<ClassFileLocator> jars = new ArrayList<>();
    // After its own jars Tomcat's, for the servlet API of either namespace.
    for (String prefix : List.of(container, "tomcat9", "tomcat10")) {
      for (File jar :
          new File("target/containers").listFiles((at, name) -> name.startsWith(prefix))) {
        jars.add(ClassFileLocator.ForJarFile.of(jar));
      }
    }
    jars.add(ClassFileLocator.ForClassLoader.of(ClassLoader.getPlatformClassLoader()));
    return new ClassFileLocator.Compound(jars);
  }

  private static List<Hook> generations(String type) {
    return Hook.ALL.stream().filter(hook -> hook.type().equals(type)).toList();
  }

  private static boolean calls(byte[] classFile) {
    return new String(classFile, ISO_8859_1).contains("io/ostiary/agent/hook/Hooks");
  }

  private static List<String> members(String type, byte[] classFile) {
    TypeDescription described =
        TypePool.Default.WithLazyResolution.of(ClassFileLocator.Simple.of(type, classFile))
            .describe(type)
            .resolve();
    List<ByteCodeElement> members = new ArrayList<>(described.getDeclaredMethods());
    members.addAll(described.getDeclaredFields());
    return members.stream().map(each -> each.getInternalName() + each.getDescriptor()).toList();
  }
}
