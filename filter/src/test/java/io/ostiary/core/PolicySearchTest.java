package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicySearchTest {

  private final Path temp;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();

  PolicySearchTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void takes_the_first_place_that_is_named() throws Exception {
    Files.createFile(temp.resolve("ostiary.properties"));
    environment.put("OSTIARY_CONFIG", "/by/variable");
    assertThat(find(null)).isEqualTo(Path.of("/by/variable"));
    properties.put("ostiary.config", "/by/property");
    assertThat(find(null)).isEqualTo(Path.of("/by/property"));
    assertThat(find(Path.of("/by/argument"))).isEqualTo(Path.of("/by/argument"));
  }

  @Test
  void takes_the_first_usual_place_where_there_is_a_file() throws Exception {
    Files.createFile(temp.resolve("ostiary.properties"));
    assertThat(find(null)).isEqualTo(temp.resolve("ostiary.properties"));

    Path jetty = Files.createDirectories(temp.resolve("jetty/conf"));
    properties.put("jetty.base", temp.resolve("jetty").toString());
    assertThat(find(null)).isEqualTo(temp.resolve("ostiary.properties"));
    Files.createFile(jetty.resolve("ostiary.properties"));
    assertThat(find(null)).isEqualTo(jetty.resolve("ostiary.properties"));

    Path catalina = Files.createDirectories(temp.resolve("catalina/conf"));
    properties.put("catalina.base", temp.resolve("catalina").toString());
    Files.createFile(catalina.resolve("ostiary.properties"));
    assertThat(find(null)).isEqualTo(catalina.resolve("ostiary.properties"));
  }

  @Test
  void lists_the_places_it_looked_at() {
    properties.put("catalina.base", temp.resolve("catalina").toString());
    environment.put("OSTIARY_CONFIG", " ");

    assertThatExceptionOfType(PolicyException.class)
        .isThrownBy(() -> find(null))
        .withMessageContaining("-Dostiary.config")
        .withMessageContaining("OSTIARY_CONFIG")
        .withMessageContaining(
            temp.resolve("catalina/conf/ostiary.properties") + ": does not exist")
        .withMessageContaining("no jetty.base is set")
        .withMessageContaining(temp.resolve("ostiary.properties") + ": does not exist");
  }

  @Test
  void refuses_a_name_that_no_file_can_have() {
    properties.put("ostiary.config", "a\0b");

    assertThatExceptionOfType(PolicyException.class)
        .isThrownBy(() -> find(null))
        .withMessage("system property ostiary.config: the path of a file was expected");
  }

  private Path find(@Nullable Path named) throws PolicyException {
    return PolicySearch.find(named, new Surroundings(environment, properties), temp);
  }
}
