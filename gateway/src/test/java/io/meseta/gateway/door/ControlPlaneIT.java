package io.meseta.gateway.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.gateway.masters.Masters;
import io.meseta.gateway.testing.RawLine;
import io.meseta.gateway.testing.StandInInstance;
import io.meseta.testkit.Await;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlPlaneIT extends TwoMasters {

    @Test
    void goesToTheLeaderAndFollowsAChange() throws Exception {
        assertThat(get("/api/v1")).startsWith("master " + first.port());

        first.leads(second.port());
        second.leads(second.port());

        Await.shortly()
                .until(
                        "the new leader answers",
                        () -> get("/api/v1").startsWith("master " + second.port()));
    }

    @Test
    void saysWhenToComeAgainWhileNobodyLeads() throws Exception {
        first.leads(0);
        second.leads(0);
        var masters = gateway.bean(Masters.class);
        Await.shortly().until("no leader is known", () -> masters.leader().isEmpty());

        var plain = http.send(request("/state").build(), BodyHandlers.ofString());
        var own = http.send(request("/api/meseta/v1/tasks").build(), BodyHandlers.ofString());

        assertThat(plain.statusCode()).isEqualTo(503);
        assertThat(plain.headers().firstValue("Retry-After")).contains("1");
        assertThat(own.statusCode()).isEqualTo(503);
        assertThat(own.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(own.body()).contains("urn:meseta:problem:unavailable").contains("requestId");
    }

    @Test
    void followsARedirectOfAFormerLeader() throws Exception {
        first.on(
                "/api/meseta/v1/x",
                exchange -> {
                    try (exchange) {
                        exchange.getResponseHeaders()
                                .set(
                                        "Location",
                                        "//127.0.0.1:" + second.port() + "/api/meseta/v1/x");
                        exchange.sendResponseHeaders(307, -1);
                    }
                });
        second.on(
                "/api/meseta/v1/x",
                exchange -> {
                    try (exchange) {
                        exchange.sendResponseHeaders(200, 2);
                        exchange.getResponseBody().write("ok".getBytes(UTF_8));
                    }
                });

        assertThat(get("/api/meseta/v1/x")).isEqualTo("ok");
        var posted =
                http.send(
                        request("/api/meseta/v1/x").POST(BodyPublishers.ofString("body")).build(),
                        BodyHandlers.ofString());
        assertThat(posted.statusCode()).isEqualTo(503);
    }

    @Test
    void pointsAtItselfWhenAskedWhereTheLeaderIs() throws Exception {
        var answer = http.send(request("/master/redirect").build(), BodyHandlers.discarding());

        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(answer.headers().firstValue("Location"))
                .contains("//127.0.0.1:" + gateway.port());
    }

    @Test
    void stripsWhatIsNotTheCallersToSay() throws Exception {
        try (var line = new RawLine(gateway.port())) {
            line.say(
                    String.join(
                            "\r\n",
                            "GET /api/v1 HTTP/1.1",
                            "Host: 127.0.0.1",
                            "X-Forwarded-For: 6.6.6.6",
                            "Forwarded: for=6.6.6.6",
                            "X-Meseta-Identity: me",
                            "X-Real-Ip: 6.6.6.6",
                            "Connection: x-secret, close",
                            "X-Secret: 1",
                            "X-Kept: 2",
                            "",
                            ""));

            var answer = line.until("}]");

            assertThat(answer).contains("X-forwarded-for=[127.0.0.1]").contains("X-kept=[2]");
            assertThat(answer).doesNotContain("6.6.6.6").doesNotContainIgnoringCase("x-secret");
            assertThat(answer).doesNotContainIgnoringCase("x-meseta");
        }
    }

    @Test
    void findsAgentsByTheirIds() throws Exception {
        try (var agent = new StandInInstance("agent")) {
            first.tell(StandInInstance.snapshot(agent.port()));
            Await.shortly()
                    .passes(
                            "the agent answers",
                            () ->
                                    assertThat(get("/agents/a1/files/read?path=/x"))
                                            .startsWith("agent\nGET /files/read?path=/x"));
            var unknown =
                    http.send(request("/agents/nobody/state").build(), BodyHandlers.ofString());
            assertThat(unknown.statusCode()).isEqualTo(404);
        }
    }

    /// A request whose body was on its way is answered like any other.
    @Test
    void saysThatNobodyCanBeReached() throws Exception {
        int port;
        try (var agent = new StandInInstance("agent")) {
            port = agent.port();
        }
        first.tell(StandInInstance.snapshot(port));
        var call = request("/agents/a1/api/v1").POST(BodyPublishers.ofString("{}")).build();
        Await.shortly()
                .until(
                        "the agent is known",
                        () ->
                                http.send(call, BodyHandlers.ofString())
                                        .body()
                                        .contains("cannot be reached"));

        for (int again = 0; again < 50; again++) {
            var answer = http.send(call, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("Whoever answers here cannot be reached.\n");
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/v1 HTTP/1.1|Host: x|Content-Length: 5|Transfer-Encoding: chunked||0||",
                "POST /api/v1 HTTP/1.1|Host: x|Content-Length: 5|Content-Length: 6||abcdef",
                "POST /api/v1 HTTP/1.1|Host: x|Transfer-Encoding: xchunked||",
                "GET /api/v1 HTTP/1.1|Host: x|Host: y||",
                "GET /api/v1 HTTP/1.1|Host: x|X : y||",
                "GET /api/v1 HTTP/1.1|Host: x| X: folded||",
                "GET /api/%2e%2e/v1 HTTP/1.1|Host: x||",
                "GET /api%2fv1 HTTP/1.1|Host: x||",
                "CONNECT 127.0.0.1:22 HTTP/1.1|Host: 127.0.0.1:22||"
            })
    void refusesWhatSmugglersSend(String request) throws Exception {
        try (var line = new RawLine(gateway.port())) {
            assertThat(line.say(request.replace("|", "\r\n")).head())
                    .matches("(?s)HTTP/1.1 (400|501) .*");
        }
    }

    @Test
    void answersInOpenModeOnlyToLoopbackHosts() throws Exception {
        try (var line = new RawLine(gateway.port())) {
            var answer = line.say("GET /api/v1 HTTP/1.1\r\nHost: evil.test\r\n\r\n").head();
            assertThat(answer).startsWith("HTTP/1.1 403");
        }
        try (var line = new RawLine(gateway.port())) {
            line.say("GET /api/v1 HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.test\r\n\r\n");
            assertThat(line.head()).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void tellsItsOwnHealthAndWhoIsSignedIn() throws Exception {
        assertThat(get("/actuator/health/liveness")).contains("UP");
        assertThat(get("/api/gateway/v1/session")).contains("\"open\":true");
        assertThat(get("/api/gateway/v1/openapi")).contains("/api/gateway/v1/services");
        var page = http.send(request("/").build(), BodyHandlers.ofString());
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'");
        var nowhere = http.send(request("/nowhere").build(), BodyHandlers.ofString());
        assertThat(nowhere.statusCode()).isEqualTo(404);
    }
}
