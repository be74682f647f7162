package io.meseta.platform.direct;

import static io.meseta.authorization.SubjectKind.USER;
import static io.meseta.platform.testing.StandInBook.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.platform.RawClient;
import io.meseta.platform.TestApplication;
import io.meseta.platform.testing.AuthStandIn;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What callers meet at routes beside Spring MVC: the same as anywhere else.
final class DirectRoutesIT {

    private static final String NOBODY = "";

    private static AuthStandIn auth;
    private static TestApplication.Running service;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        auth = new AuthStandIn();
        auth.add(USER, "olga", "operators");
        var settings = new ArrayList<>(auth.settings(directory, "meseta-test"));
        settings.add("--meseta.bodies.size-max=1KB");
        service = TestApplication.startSecure(settings);
        Await.shortly()
                .until("it knows its callers", () -> get("/master/direct").contains(" 200 "));
    }

    @AfterAll
    static void stop() {
        service.close();
        auth.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/master/direct",
                "/master/direct/",
                "//master///direct",
                "/master/d%69rect",
                "/master/direct/far/below",
                "/api/meseta/v1/direct",
                "/api/meseta/v1/direct?any=thing",
            })
    void areFoundHoweverTheirPathsAreWritten(String path) throws IOException {
        assertThat(get(path)).startsWith("HTTP/1.1 200 ").endsWith("GET olga");
    }

    @ParameterizedTest
    @CsvSource({
        "/master/directly, 404",
        "/master/Direct, 404",
        "/api/meseta/v1/direct/below, 404",
        "/master/direct;x=1, 400",
        "/master;x=1/direct, 400",
        "/master/x/../direct%2f, 400",
    })
    void areNotFoundElsewhere(String path, int status) throws IOException {
        assertThat(get(path)).startsWith("HTTP/1.1 " + status + " ").doesNotContain("olga");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "BREW"})
    void takeEveryMethod(String method) throws IOException {
        assertThat(ask(method, "/master/direct", basic("olga"), ""))
                .startsWith("HTTP/1.1 200 ")
                .endsWith(method + " olga");
    }

    @Test
    void askWhoCalls() throws IOException {
        assertThat(ask("GET", "/master/direct", NOBODY, ""))
                .startsWith("HTTP/1.1 401 ")
                .contains("WWW-Authenticate: Basic realm=\"meseta\", Bearer realm=\"meseta\"")
                .endsWith("\r\n\r\n401 Unauthorized.");
        assertThat(ask("GET", "/api/meseta/v1/direct", "Bearer x", ""))
                .startsWith("HTTP/1.1 401 ")
                .contains("application/problem+json", "urn:meseta:problem:unauthenticated");
        assertThat(ask("GET", "/master/direct", basic("olga", "wrong"), ""))
                .startsWith("HTTP/1.1 401 ");
    }

    @Test
    void sayNothingOfWhatBroke() throws IOException {
        assertThat(get("/master/direct?break"))
                .startsWith("HTTP/1.1 500 ")
                .contains("Something broke. The log knows more under ")
                .doesNotContain("hunter2");
        assertThat(get("/api/meseta/v1/direct?break"))
                .startsWith("HTTP/1.1 500 ")
                .contains("application/problem+json")
                .doesNotContain("hunter2");
    }

    @Test
    void haveRequestIdsAndLimits() throws IOException {
        assertThat(get("/master/direct")).containsPattern("X-Request-Id: [0-9a-f]{16}");
        assertThat(ask("POST", "/master/direct", basic("olga"), "x".repeat(1025)))
                .startsWith("HTTP/1.1 413 ")
                .contains("Connection: close");
    }

    @Test
    void areTimedUnderTheirPattern() throws IOException {
        ask("BREW", "/master/direct/below", basic("olga"), "");
        ask("GET", "/master/direct", NOBODY, "");

        assertThat(get("/actuator/prometheus").lines())
                .anyMatch(line ->
                        line.startsWith("http_server_requests_seconds_count{")
                                && line.contains("uri=\"/master/direct/**\"")
                                && line.contains("method=\"UNKNOWN\"")
                                && line.contains("outcome=\"SUCCESS\""))
                .anyMatch(line ->
                        line.startsWith("http_server_requests_seconds_count{")
                                && line.contains("uri=\"/master/direct/**\"")
                                && line.contains("status=\"401\""))
                // Nobody times them twice.
                .noneMatch(line ->
                        line.startsWith("http_server_requests_seconds_count{")
                                && line.contains("method=\"BREW\""));
    }

    private static String get(String path) throws IOException {
        return ask("GET", path, basic("olga"), "");
    }

    private static String ask(String method, String path, String authorization, String body)
            throws IOException {
        var header = authorization.isEmpty() ? "" : "Authorization: " + authorization + "\n";
        return RawClient.ask(
                service.port(),
                "%s %s HTTP/1.1\nHost: x\nConnection: close\nContent-Length: %d\n%s\n%s"
                        .formatted(method, path, body.length(), header, body));
    }
}
