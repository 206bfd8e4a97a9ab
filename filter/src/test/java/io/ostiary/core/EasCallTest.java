package io.ostiary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** K6: calls that PAI-EAS's SDK has signed. */
class EasCallTest {

  private static final String FIRST_DATE = "Sat, 21 Nov 2026 00:29:49 GMT";
  private static final String FIRST_MD5 = "ac3ef48caa08fa3ed5e025da69edc645";
  private static final String FIRST = "EAS PV0EfxDz+cnAWAxRo1YqQ4dRYR4=";

  private final Path folder;
  private final GuardedService service;

  EasCallTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    Path tok = Files.writeString(folder.resolve("tok"), "tok\n");
    Path old = Files.writeString(folder.resolve("old"), "old-token");
    Path fresh = Files.writeString(folder.resolve("fresh"), "new-token");
    service =
        new GuardedService(
            """
            route.eas.paths = /api/predict/**, /behind/api/predict/**, /elsewhere/**
            route.eas.dialect = eas
            key.signer.eas-token = ${file:%s}
            key.rotated.eas-token = ${file:%s}, ${file:%s}
            key.rotated.limits = rpm 2
            key.other.sha256 = %s
            """
                .formatted(tok, old, fresh, Policies.sha256("other")));
    at(FIRST_DATE);
  }

  private void at(String date) {
    service.millis.set(
        DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from).toEpochMilli());
  }

  private static Request first(String path, String body) {
    return Request.unlabelled(path, body)
        .header("Date", FIRST_DATE)
        .header("Content-MD5", FIRST_MD5);
  }

  @Test
  void takes_what_was_seen_on_the_wire() {
    service.admit(first("/api/predict/m", "{\"x\":1}").header("Authorization", FIRST));
    at("Sat, 21 Nov 2026 02:20:16 GMT");
    service.admit(
        Request.unlabelled("/api/predict/m", "{\"x\":4}")
            .header("Date", "Sat, 21 Nov 2026 02:20:16 GMT")
            .header("Content-MD5", "3b9e699874a8666daec21eda22a214c")
            .header("Authorization", "EAS S9eFjSwzkFk6kMcSxlmxcgUF1/U="));
  }

  @Test
  void takes_a_path_that_a_proxy_has_put_something_before() {
    service.admit(first("/behind/api/predict/m", "{\"x\":1}").header("Authorization", FIRST));
  }

  @Test
  void gives_the_app_the_body_that_it_has_read() {
    Request request = first("/api/predict/m", "{\"x\":1}").header("Authorization", FIRST);
    assertThat(service.admit(request).body()).extracting(Body::length).isEqualTo(7L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"x\":2}", "{\"x\":1} ", ""})
  void refuses_a_changed_body(String body) {
    Decision.Reject reject =
        service.reject(first("/api/predict/m", body).header("Authorization", FIRST));
    assertThat(reject.reason()).isEqualTo(Reason.KEY_MALFORMED);
    assertThat(reject.refusal().status()).isEqualTo(401);
    assertThat(GuardedService.body(reject)).contains("the body is not the one that was signed");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/predict/n, EAS PV0EfxDz+cnAWAxRo1YqQ4dRYR4=",
    "/api/predict/m/v2, EAS PV0EfxDz+cnAWAxRo1YqQ4dRYR4=",
    "/api/predict/x/api/predict/m, EAS PV0EfxDz+cnAWAxRo1YqQ4dRYR4=",
    "/api/predict/m, EAS PV0EfxDz+cnAWAxRo1YqQ4dRYS4=",
  })
  void refuses_what_no_token_has_signed(String path, String authorization) {
    assertThat(service.refusal(first(path, "{\"x\":1}").header("Authorization", authorization)))
        .isEqualTo(Reason.KEY_UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EAS x", "EAS", "EAS ", "EAS PV0EfxDz+cnAWAxRo1YqQ4dRYQ=="})
  void refuses_a_code_that_is_none(String authorization) {
    assertThat(
            service.refusal(
                first("/api/predict/m", "{\"x\":1}").header("Authorization", authorization)))
        .isIn(Reason.KEY_MALFORMED, Reason.KEY_UNKNOWN);
  }

  @Test
  void refuses_a_call_without_all_that_is_signed() {
    Request dateless =
        Request.unlabelled("/api/predict/m", "{\"x\":1}").header("Content-MD5", FIRST_MD5);
    Request sumless = Request.unlabelled("/api/predict/m", "{\"x\":1}").header("Date", FIRST_DATE);
    Request two = first("/api/predict/m", "{\"x\":1}").header("Content-MD5", "0");
    Request get = Request.get("/api/predict/m").header("Date", FIRST_DATE);
    for (Request request : new Request[] {dateless, sumless, two, get}) {
      assertThat(service.refusal(request.header("Authorization", FIRST)))
          .isEqualTo(Reason.KEY_MALFORMED);
    }
    assertThat(service.refusal(first("/elsewhere/m", "{\"x\":1}").header("Authorization", FIRST)))
        .isEqualTo(Reason.KEY_MALFORMED);
  }

  @ParameterizedTest
  @CsvSource({"300, true", "301, false", "-300, true", "-301, false"})
  void believes_a_date_for_five_minutes_either_way(long seconds, boolean believed) {
    service.pass(0);
    service.millis.addAndGet(seconds * 1000);
    Decision decision =
        service.judge(first("/api/predict/m", "{\"x\":1}").header("Authorization", FIRST));
    assertThat(decision instanceof Decision.Admit).isEqualTo(believed);
  }

  @Test
  void takes_the_same_signature_again_for_ten_seconds_and_never_after() {
    service.admit(first("/api/predict/m", "{\"x\":1}").header("Authorization", FIRST));
    service.pass(10_999);
    service.admit(first("/api/predict/m", "{\"x\":1}").header("Authorization", FIRST));
    for (int i = 0; i < 3; i++) {
      service.pass(1);
      Decision.Reject replayed =
          service.reject(first("/api/predict/m", "{\"x\":1}").header("Authorization", FIRST));
      assertThat(replayed.reason()).isEqualTo(Reason.KEY_MALFORMED);
      assertThat(GuardedService.body(replayed)).contains("has been made before");
      service.pass(90_000);
    }
  }

  @Test
  void two_tokens_of_one_key_share_its_budget() throws GeneralSecurityException {
    service.admit(signed("old-token", "a"));
    service.admit(signed("new-token", "a"));
    assertThat(service.refusal(signed("old-token", "b"))).isEqualTo(Reason.RPM_EXCEEDED);
  }

  @Test
  void takes_the_token_itself_too() {
    service.admit(Request.unlabelled("/api/predict/m", "x").header("Authorization", "tok"));
    service.admit(Request.unlabelled("/api/predict/m", "x").key("old-token"));
  }

  @Test
  void refuses_a_signature_beside_another_key() throws GeneralSecurityException {
    assertThat(service.refusal(signed("old-token", "a").header("x-api-key", "other")))
        .isEqualTo(Reason.KEY_CONFLICT);
  }

  @Test
  void takes_no_signature_where_no_key_has_a_token() {
    GuardedService tokenless =
        new GuardedService(
            "route.eas.paths = /api/predict/**\nroute.eas.dialect = eas\nkey.a.sha256 = "
                + Policies.sha256("tok"));
    tokenless.millis.set(service.millis.get());
    assertThat(
            tokenless.refusal(first("/api/predict/m", "{\"x\":1}").header("Authorization", FIRST)))
        .isEqualTo(Reason.KEY_MALFORMED);
  }

  @Test
  void prints_nothing_of_a_token() {
    assertThat(new EasToken("tok").toString()).doesNotContain("tok");
    assertThat(Policies.parse("route.a.paths = /a\nkey.a.eas-token = ${file:" + folder + "/tok}"))
        .asString()
        .doesNotContain("=tok", "[tok");
  }

  private Request signed(String token, String body) throws GeneralSecurityException {
    String date =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .format(Instant.ofEpochMilli(service.millis.get()).atOffset(ZoneOffset.UTC));
    String md5 =
        body.equals("a") ? "cc175b9c0f1b6a831c399e269772661" : "92eb5ffee6ae2fec3ad71c777531578f";
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
    String text = "POST\n" + md5 + "\napplication/octet-stream\n" + date + "\n/api/predict/m";
    byte[] code = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    return Request.unlabelled("/api/predict/m", body)
        .header("Date", date)
        .header("Content-MD5", md5)
        .header("Authorization", "EAS " + Base64.getEncoder().encodeToString(code));
  }
}
