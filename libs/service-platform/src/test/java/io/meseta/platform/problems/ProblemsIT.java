package io.meseta.platform.problems;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.meseta.platform.RawClient;
import io.meseta.platform.TestApplication;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

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

    @Test
    void makesNoErrorOfACallerWhoHangsUp() throws IOException {
        try (var log = Log.of(Failures.class);
                var client = new RawClient(service.port())) {
            client.say("GET /api/meseta/v1/endless HTTP/1.1\nHost: localhost\n\n");
            client.hearUntil("HTTP/1.1 200 ");
            client.reset();

            Await.within(Duration.ofSeconds(10))
                    .until("it is noted", () -> !log.levels().isEmpty());
            assertThat(log.levels()).containsExactly(Level.DEBUG);
        }
    }

    @Test
    void makesAnErrorOfAnyOtherStreamThatBreaksOff() throws IOException {
        try (var log = Log.of(Failures.class)) {
            assertThat(ask("GET", "/api/meseta/v1/interrupted", "", "")).startsWith("HTTP/1.1 500");

            assertThat(log.levels()).containsExactly(Level.ERROR);
        }
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

    /// What a class logs while this is open, down to debug.
    private record Log(Logger logger, ListAppender<ILoggingEvent> events) implements AutoCloseable {

        static Log of(Class<?> type) {
            var logger = (Logger) LoggerFactory.getLogger(type);
            var events = new ListAppender<ILoggingEvent>();
            events.list = new CopyOnWriteArrayList<>();
            events.start();
            logger.setLevel(Level.DEBUG);
            logger.addAppender(events);
            return new Log(logger, events);
        }

        List<Level> levels() {
            return events.list.stream().map(ILoggingEvent::getLevel).toList();
        }

        @Override
        public void close() {
            logger.detachAppender(events);
            logger.setLevel(null);
        }
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
