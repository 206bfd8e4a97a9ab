package io.ostiary.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The hooks against the containers' own jars (P3): a release in which one no longer finds its method fails the build. */
class HookTest {

  @ParameterizedTest
  @CsvSource({
    "tomcat9, org.apache.catalina.connector.CoyoteAdapter, TomcatConnector",
    "tomcat9, org.apache.catalina.core.ApplicationFilterChain, TomcatDispatch",
    "tomcat10, org.apache.catalina.connector.CoyoteAdapter, TomcatConnector",
    "tomcat10, org.apache.catalina.core.ApplicationFilterChain, TomcatDispatch",
    "jetty94, org.eclipse.jetty.server.Server, JettyConnector",
    "jetty94, org.eclipse.jetty.server.handler.HandlerWrapper, JettyServer",
    "jetty94, org.eclipse.jetty.servlet.ServletHandler, JettyDispatch",
    "jetty12, org.eclipse.jetty.server.Server, JettyCoreConnector",
    "jetty12, org.eclipse.jetty.ee10.servlet.ServletHandler$MappedServlet, JettyCoreDispatch",
    "tomcat9, org.apache.catalina.valves.ErrorReportValve, TomcatPages",
    "tomcat10, org.apache.catalina.valves.ErrorReportValve, TomcatPages",
    "tomcat9, org.apache.catalina.connector.Request, TomcatRelease",
    "tomcat10, org.apache.catalina.connector.Request, TomcatRelease",
    "jetty94, org.eclipse.jetty.server.handler.ErrorHandler, JettyPages",
    "jetty12, org.eclipse.jetty.server.handler.ErrorHandler, JettyCorePages",
  })
  void is_woven_into_the_method_that_it_names(String release, String type, String door)
      throws Exception {
    byte[] before = classFile(release, type);

    Weaving weaving = new Weaving(generations(type), before);
    byte[] after = weaving.weave();

    assertThat(weaving.hook().door()).isEqualTo(door);
    assertThat(calls(before)).isFalse();
    assertThat(calls(after)).isTrue();
    // Other agents may weave too, and a class may be loaded already: both allow no new members.
    assertThat(members(after)).isEqualTo(members(before));
  }

  /** E2: a line that is no request comes by a method of its own; Jetty 12, which asks its handler of pages, never calls it. */
  @ParameterizedTest
  @CsvSource({"jetty94, 2", "jetty12, 1"})
  void is_woven_into_each_method_of_one_door(String release, int methods) throws Exception {
    String type = "org.eclipse.jetty.server.handler.ErrorHandler";

    byte[] after = new Weaving(generations(type), classFile(release, type)).weave();

    assertThat(woven(after)).hasSize(methods);
  }

  @Test
  void finds_no_door_where_one_of_its_methods_is_missing() throws Exception {
    String type = "org.eclipse.jetty.server.handler.ErrorHandler";
    List<Hook> hooks = new ArrayList<>(generations(type));
    hooks.removeIf(hook -> hook.door().equals("JettyCorePages"));
    byte[] classFile = classFile("jetty12", type);

    assertThatThrownBy(() -> new Weaving(hooks, classFile))
        .isInstanceOf(NoSuchMethodException.class)
        .hasMessageContaining(type + ".generateAcceptableResponse");
  }

  @Test
  void is_not_woven_into_a_method_of_another_shape() throws Exception {
    String type = "org.apache.catalina.connector.CoyoteAdapter";
    Hook other = new Hook(type, "postParseRequest", "(I)Z", "TomcatConnector", Product.TOMCAT);
    byte[] classFile = classFile("tomcat10", type);

    assertThatThrownBy(() -> new Weaving(List.of(other), classFile))
        .isInstanceOf(NoSuchMethodException.class)
        .hasMessageContaining(type + ".postParseRequest");
  }

  /** From one of a container's jars. */
  private static byte[] classFile(String container, String type) throws IOException {
    for (File file :
        new File("target/containers").listFiles((at, name) -> name.startsWith(container))) {
      try (JarFile jar = new JarFile(file)) {
        JarEntry entry = jar.getJarEntry(type.replace('.', '/') + ".class");
        if (entry != null) {
          return jar.getInputStream(entry).readAllBytes();
        }
      }
    }
    throw new AssertionError(type + " is in no jar of " + container);
  }

  private static List<Hook> generations(String type) {
    return Hook.ALL.stream().filter(hook -> hook.type().equals(type)).toList();
  }

  private static boolean calls(byte[] classFile) {
    return new String(classFile, ISO_8859_1).contains("io/ostiary/agent/hook/Hooks");
  }

  /** The methods that call our hooks. */
  private static Set<String> woven(byte[] classFile) {
    Set<String> woven = new TreeSet<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access,
                  String method,
                  String type,
                  @Nullable String signature,
                  String @Nullable [] exceptions) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitMethodInsn(
                      int opcode, String owner, String name, String called, boolean isInterface) {
                    if (owner.equals("io/ostiary/agent/hook/Hooks")) {
                      woven.add(method + type);
                    }
                  }
                };
              }
            },
            0);
    return woven;
  }

  private static List<String> members(byte[] classFile) {
    List<String> members = new ArrayList<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public @Nullable FieldVisitor visitField(
                  int access,
                  String name,
                  String type,
                  @Nullable String signature,
                  @Nullable Object value) {
                members.add(access + " " + name + type);
                return null;
              }

              @Override
              public @Nullable MethodVisitor visitMethod(
                  int access,
                  String name,
                  String type,
                  @Nullable String signature,
                  String @Nullable [] exceptions) {
                members.add(access + " " + name + type);
                return null;
              }
            },
            ClassReader.SKIP_CODE);
    return members;
  }
}
