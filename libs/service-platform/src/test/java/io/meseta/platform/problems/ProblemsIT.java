package io.meseta.platform.problems;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.platform.RawClient;
import io.meseta.platform.TestApplication;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProblemsIT {

    private static TestApplication.Running service;

    @BeforeAll
    static void start() {
        service = TestApplication.start("--meseta.bodies.size-max=1KB");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/meseta/v1/nowhere, 404, not-found",
        "PUT, /api/meseta/v1/hello, 405, method-not-allowed",
        "GET, /api/meseta/v1/refused, 409, conflict",
        "GET, /api/meseta/v1/broken, 500, internal",
        "POST, /api/meseta/v1/echo, 400, malformed",
    })
    void answersOurOwnRoutesWithProblemDetails(String method, String path, int status, String type)
            throws IOException {
        assertThat(ask(method, path, "Content-Length: 0\nContent-Type: application/json\n", ""))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("Content-Type: application/problem+json")
                .contains("\"type\":\"urn:meseta:problem:" + type + "\"")
                .contains("\"title\":", "\"status\":" + status, "\"detail\":")
                .contains("\"requestId\":\"r-1\"", "X-Request-Id: r-1");
    }

    @Test
    void namesTheMethodsThatAreAllowed() throws IOException {
        assertThat(ask("PUT", "/api/meseta/v1/hello", "", "")).contains("Allow: GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1,2]", "{\"a\":", "nonsense", "\u0000"})
    void callsABodyThatIsNoJsonMalformed(String body) throws IOException {
        assertThat(post(body))
                .startsWith("HTTP/1.1 400 ")
                .contains("problem:malformed")
                .doesNotContain("Exception", "nonsense", "tools.jackson");
    }

    @Test
    void callsABodyOfAnotherTypeUnsupported() throws IOException {
        assertThat(
                        ask(
                                "POST",
                                "/api/meseta/v1/echo",
                                "Content-Length: 1\nContent-Type: a/b\n",
                                "x"))
                .startsWith("HTTP/1.1 415 ")
                .contains("problem:unsupported-media-type");
    }

    @Test
    void refusesABodyThatSaysItIsTooLong() throws IOException {
        assertThat(post("\"" + "x".repeat(2000) + "\""))
                .startsWith("HTTP/1.1 413 ")
                .contains("problem:too-large", "at most 1024 bytes");
    }

    @Test
    void refusesABodyThatTurnsOutTooLong() throws IOException {
        var chunk = "400\n" + "x".repeat(1024) + "\n";
        var head = "Content-Type: application/json\nTransfer-Encoding: chunked\n";

        assertThat(ask("POST", "/api/meseta/v1/echo", head, "2\n{\"\n" + chunk + chunk + "0\n\n"))
                .startsWith("HTTP/1.1 413 ")
                .contains("problem:too-large");
    }

    @Test
    void answersOtherRoutesWithOnePlainLine() throws IOException {
        assertThat(ask("GET", "/nowhere", "", ""))
                .startsWith("HTTP/1.1 404 ")
                .contains("Content-Type: text/plain")
                .endsWith("There is nothing at this path.\n");
        assertThat(ask("GET", "/error", "", "")).startsWith("HTTP/1.1 404 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/master/broken", "/api/meseta/v1/broken"})
    void tellsNothingOfWhatBroke(String path) throws IOException {
        assertThat(ask("GET", path, "", ""))
                .startsWith("HTTP/1.1 500 ")
                .contains("The log knows more under r-1.")
                .doesNotContain("hunter2", "Exception", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "<script>", "Ünder", "x\tx"})
    void makesAnIdOfItsOwnWhereTheCallersWillNotDo(String id) throws IOException {
        var answer =
                RawClient.ask(
                        service.port(),
                        "GET /api/meseta/v1/hello HTTP/1.1\nHost: localhost\nX-Request-Id: "
                                + id
                                + "\nConnection: close\n\n");

        assertThat(answer).containsPattern("X-Request-Id: [0-9a-f]{16}\r\n");
    }

    @Test
    void makesAnIdOfItsOwnWhereTheCallersIsTooLong() throws IOException {
        var answer =
                RawClient.ask(
                        service.port(),
                        "GET /api/meseta/v1/hello HTTP/1.1\nHost: localhost\nX-Request-Id: "
                                + "x".repeat(65)
                                + "\nConnection: close\n\n");

        assertThat(answer).containsPattern("X-Request-Id: [0-9a-f]{16}\r\n");
    }

    private static String post(String body) throws IOException {
        var head = "Content-Type: application/json\nContent-Length: " + body.length() + "\n";
        return ask("POST", "/api/meseta/v1/echo", head, body);
    }

    private static String ask(String method, String path, String head, String body)
            throws IOException {
        return RawClient.ask(
                service.port(),
                method
                        + " "
                        + path
                        + " HTTP/1.1\nHost: localhost\nX-Request-Id: r-1\nConnection: close\n"
                        + head
                        + "\n"
                        + body);
    }
}
