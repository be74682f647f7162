package io.meseta.platform.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.platform.RawClient;
import io.meseta.platform.TestApplication;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients in the wild send, byte for byte.
final class ServerIT {

    private static TestApplication.Running service;

    @BeforeAll
    static void start() {
        service = TestApplication.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/master/frameworks",
                "/master/frameworks/",
                "//master//frameworks",
                "/master///frameworks//",
                "http://localhost:5050/master/frameworks",
                "http://localhost:5050/master/frameworks/?jsonp=x",
            })
    void findsARouteHoweverItsPathIsWritten(String target) throws IOException {
        assertThat(ask("GET " + target + " HTTP/1.1\nHost: localhost:5050\nConnection: close\n\n"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("frameworks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/master/../api/meseta/v1/hello",
                "/master/%2e%2e/api/meseta/v1/hello",
                "/master%2fframeworks",
                "/x/..;/master/frameworks",
                "/master/%00frameworks",
            })
    void leadsNobodyAstrayByAPath(String target) throws IOException {
        assertThat(ask("GET " + target + " HTTP/1.1\nHost: localhost\nConnection: close\n\n"))
                .doesNotEndWith("frameworks")
                .doesNotContain("jetty", "Jetty", "Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"APPLICATION/JSON", "multipart/form-data; boundary=x", "nonsense"})
    void leavesTheTypeOfABodyAsItWasSaid(String type) throws IOException {
        assertThat(post("/master/type?a=b", type)).contains(" 200 OK").endsWith("b " + type);
    }

    @Test
    void refusesParametersThatAreNoText() throws IOException {
        assertThat(post("/master/type?a=%FF%FE", "text/plain"))
                .startsWith("HTTP/1.1 400 ")
                .doesNotContain("Exception");
    }

    private static String post(String target, String type) throws IOException {
        return ask(
                "POST %s HTTP/1.1\nHost: localhost\nContent-Type: %s\nContent-Length: 2\n"
                                .formatted(target, type)
                        + "Connection: close\n\n{}");
    }

    @Test
    void answersHttp10WithoutAHost() throws IOException {
        assertThat(ask("GET /master/frameworks HTTP/1.0\n\n"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("frameworks");
    }

    @Test
    void saysNothingAboutItself() throws IOException {
        assertThat(ask("GET /master/frameworks HTTP/1.1\nHost: localhost\nConnection: close\n\n"))
                .doesNotContain("Server:", "X-Powered-By");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rubbish\n\n",
                "GET / HTTP/1.1\n\n",
                "GET / HTTP/9.9\nHost: localhost\n\n",
                "GET / HTTP/1.1\nHost: localhost\nHost: localhost\n\n",
                "GET / HTTP/1.1\nHost: localhost\nContent-Length: nine\n\n",
                "POST / HTTP/1.1\nHost: x\nContent-Length: 1\nTransfer-Encoding: chunked\n\n",
            })
    void answersWhatIsNotHttpWithOnePlainLine(String text) throws IOException {
        var answer = ask(text);

        assertThat(answer).matches("(?s)HTTP/1.1 (400|505) .*\r\n\r\n(400|505) .*\n");
        assertThat(answer).doesNotContain("<", "Jetty", "Exception");
    }

    @Test
    void refusesHeadersWithoutEnd() throws IOException {
        var text = "GET / HTTP/1.1\nHost: localhost\nX: " + "x".repeat(32 * 1024) + "\n\n";

        assertThat(ask(text)).startsWith("HTTP/1.1 431 ").doesNotContain("xxxx");
    }

    @Test
    void tellsWhetherItLivesAndIsReady() throws IOException {
        assertThat(get("/actuator/health/liveness")).contains("200 OK", "\"status\":\"UP\"");
        assertThat(get("/actuator/health/readiness")).contains("200 OK", "\"status\":\"UP\"");
        assertThat(get("/actuator/health")).doesNotContain("diskSpace");
    }

    @Test
    void givesItsFiguresToPrometheus() throws IOException {
        get("/master/frameworks");

        assertThat(get("/actuator/prometheus"))
                .contains("meseta_streams_open{service=", "http_server_requests", "jvm_memory");
    }

    @Test
    void showsNoOtherActuator() throws IOException {
        assertThat(get("/actuator/env")).startsWith("HTTP/1.1 404 ");
        assertThat(get("/actuator/shutdown")).startsWith("HTTP/1.1 404 ");
    }

    private static String get(String path) throws IOException {
        return ask("GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n");
    }

    private static String ask(String text) throws IOException {
        return RawClient.ask(service.port(), text);
    }
}
