package io.meseta.platform.access;

import static io.meseta.authorization.SubjectKind.SERVICE_ACCOUNT;
import static io.meseta.authorization.SubjectKind.USER;
import static io.meseta.platform.testing.StandInBook.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.platform.RawClient;
import io.meseta.platform.TestApplication;
import io.meseta.platform.testing.AuthStandIn;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What callers meet at the doors of a secure service.
final class RoutesIT {

    private static final String NOBODY = "";

    private static AuthStandIn auth;
    private static TestApplication.Running service;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        auth = new AuthStandIn();
        auth.add(USER, "olga", "operators")
                .add(USER, "vera", "viewers")
                .add(SERVICE_ACCOUNT, "stranger");
        service = TestApplication.startSecure(auth.settings(directory, "meseta-test"));
        Await.shortly()
                .until(
                        "it is so",
                        () -> get("/actuator/health/readiness", NOBODY).contains(" 200 "));
    }

    @AfterAll
    static void stop() {
        service.close();
        auth.close();
    }

    @Test
    void greetPublicCallersWhateverTheySend() throws IOException {
        assertThat(get("/api/meseta/v1/hello", NOBODY)).startsWith("HTTP/1.1 200 ");
        assertThat(get("/api/meseta/v1/hello", "Basic eDp5")).startsWith("HTTP/1.1 200 ");
        assertThat(get("/api/meseta/v1/hello", "Bearer x")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void askWhoCallsInTheWordsOfMesos() throws IOException {
        assertThat(get("/master/whoami", NOBODY))
                .startsWith("HTTP/1.1 401 ")
                .contains("WWW-Authenticate: Basic realm=\"meseta\", Bearer realm=\"meseta\"")
                .containsIgnoringCase("Content-Type: text/plain;charset=utf-8")
                .endsWith("\r\n\r\n401 Unauthorized.");
        assertThat(get("/master/whoami", basic("olga", "wrong"))).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void askWhoCallsInAProblemOnOurOwnRoutes() throws IOException {
        assertThat(get("/api/meseta/v1/whoami", "Bearer x"))
                .startsWith("HTTP/1.1 401 ")
                .contains("WWW-Authenticate: Bearer realm=\"meseta\", error=\"invalid_token\"")
                .contains("application/problem+json", "urn:meseta:problem:unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/master/whoami", "/api/meseta/v1/whoami"})
    void knowWhoCalls(String path) throws IOException {
        assertThat(get(path, basic("stranger")))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("stranger service-account");
        assertThat(get(path, auth.bearer("olga"))).endsWith("olga user");
    }

    @Test
    void refuseTwoIdentitiesAtOnce() throws IOException {
        assertThat(get("/master/whoami", basic("olga") + "\nAuthorization: " + basic("vera")))
                .startsWith("HTTP/1.1 401 ");
    }

    @Test
    void letPassWhoMay() throws IOException {
        assertThat(post("/master/drain", basic("olga"))).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void nameTheRuleThatRefuses() throws IOException {
        assertThat(post("/master/drain", basic("vera")))
                .startsWith("HTTP/1.1 403 ")
                .contains("Meseta-Rule: built-in/default-deny")
                .endsWith("\r\n\r\n403 Forbidden.");
        assertThat(post("/api/meseta/v1/drain", basic("vera")))
                .startsWith("HTTP/1.1 403 ")
                .contains("\"rule\":\"built-in/default-deny\"", "No rule allows DRAIN_AGENT");
        assertThat(post("/api/meseta/v1/drain", NOBODY)).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void decideWithinWhereItDepends() throws IOException {
        assertThat(get("/api/meseta/v1/role?name=eng", basic("vera"))).endsWith("eng");
        assertThat(get("/api/meseta/v1/role?name=eng", basic("stranger")))
                .startsWith("HTTP/1.1 403 ")
                .contains("No rule allows VIEW_ROLE on role 'eng' for 'stranger'");
        assertThat(get("/api/meseta/v1/role?name=eng", NOBODY)).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void areForNobodyIfTheySayNothing() throws IOException {
        assertThat(get("/api/meseta/v1/unsaid", basic("olga")))
                .startsWith("HTTP/1.1 403 ")
                .contains("route-without-policy");
    }

    @ParameterizedTest
    @CsvSource({
        "/actuator/health, 200, 200",
        "/actuator/health/liveness, 200, 200",
        "/actuator/prometheus, 401, 200",
        "/actuator, 401, 200",
        "/logging/toggle, 401, 200",
        "/nowhere, 404, 404",
        "/error, 404, 404",
    })
    void areAsOpenAsTheyShouldBe(String path, int forNobody, int forViewers) throws IOException {
        assertThat(get(path, NOBODY)).startsWith("HTTP/1.1 " + forNobody + " ");
        assertThat(get(path, basic("vera"))).startsWith("HTTP/1.1 " + forViewers + " ");
        if (forNobody == 401) {
            assertThat(get(path, basic("stranger"))).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void tellOfTheBundleInFigures() throws IOException {
        assertThat(get("/actuator/prometheus", basic("vera")))
                .containsPattern("meseta_bundle_version\\{[^}]*} \\d")
                .containsPattern("meseta_bundle_age_seconds\\{[^}]*} \\d");
    }

    @Test
    void limitGuessing() throws IOException {
        for (int i = 0; i < 10; i++) get("/master/whoami", basic("guessed", "wrong" + i));

        assertThat(get("/master/whoami", basic("guessed", "wrong")))
                .startsWith("HTTP/1.1 429 ")
                .contains("Retry-After: ");
    }

    private static String get(String path, String authorization) throws IOException {
        return ask("GET", path, authorization);
    }

    private static String post(String path, String authorization) throws IOException {
        return ask("POST", path, authorization);
    }

    private static String ask(String method, String path, String authorization) throws IOException {
        var header = authorization.isEmpty() ? "" : "Authorization: " + authorization + "\n";
        var length = method.equals("POST") ? "Content-Length: 0\n" : "";
        return RawClient.ask(
                service.port(),
                method
                        + " "
                        + path
                        + " HTTP/1.1\nHost: x\nConnection: close\n"
                        + length
                        + header
                        + "\n");
    }
}
