package io.meseta.gateway.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meseta.gateway.masters.Masters;
import io.meseta.gateway.testing.StandInMaster;
import io.meseta.gateway.testing.TestGateway;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A gateway before two masters, of which the first leads.
abstract class TwoMasters {

    final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    StandInMaster first;
    StandInMaster second;
    TestGateway gateway;

    @BeforeEach
    void start() {
        first = new StandInMaster();
        second = new StandInMaster();
        second.leads(first.port());
        for (var master : new StandInMaster[] {first, second}) {
            master.on(
                    "/api/v1",
                    exchange -> {
                        try (exchange) {
                            exchange.getRequestBody().readAllBytes();
                            var text =
                                    "master " + master.port() + " " + exchange.getRequestHeaders();
                            exchange.sendResponseHeaders(200, text.length());
                            exchange.getResponseBody().write(text.getBytes(UTF_8));
                        }
                    });
        }
        gateway =
                TestGateway.open(
                        "--meseta.gateway.masters=" + first.address() + "," + second.address());
        var masters = gateway.bean(Masters.class);
        Await.shortly().until("a leader is known", () -> masters.leader().isPresent());
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        gateway.close();
        first.close();
        second.close();
    }

    String get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString()).body();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.at(path)).timeout(Duration.ofSeconds(20));
    }
}
