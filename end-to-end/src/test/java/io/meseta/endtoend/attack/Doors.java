package io.meseta.endtoend.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.endtoend.harness.SecureCluster;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/// The doors of a cluster that knows its callers, and whether they open.
public final class Doors {

    private static final String PROBLEM = "application/problem+json";

    private final SecureCluster cluster;

    /// A door and a place behind it that is not for everybody.
    ///
    /// @param isOurs whether it answers in our words, problem documents, or in those of Mesos
    public record Door(String address, boolean isOurs) {}

    public Doors(SecureCluster cluster) {
        this.cluster = cluster;
    }

    public List<Door> all() {
        var meseta = cluster.installation();
        return List.of(
                new Door(meseta.gateway() + "/state", false),
                new Door(meseta.gateway() + "/api/meseta/v1/tasks", true),
                new Door(meseta.gateway() + "/api/gateway/v1/services", true),
                new Door(meseta.gateway() + "/auth/v1/me", true),
                new Door(meseta.master(1) + "/state", false),
                new Door(meseta.master(1) + "/api/meseta/v1/tasks", true),
                new Door(meseta.agent(1) + "/state", false),
                new Door(meseta.auth() + "/auth/v1/me", true));
    }

    public void assertOpens(String good) {
        for (var door : all()) {
            var answer = with(door, "Bearer " + good);
            assertThat(answer.statusCode()).as(door.address() + answer.body()).isEqualTo(200);
        }
    }

    public void assertShut(String name, String forged) {
        for (var door : all()) assertRefused(name, door, with(door, "Bearer " + forged));
        var hello = new Door(cluster.gateway() + "/services/greeter/hello", true);
        assertRefused(name, hello, with(hello, "Bearer " + forged));
    }

    public void assertRefused(String name, Door door, HttpResponse<String> answer) {
        var what = "%s at %s: %s".formatted(name, door.address(), answer.body());
        assertThat(answer.statusCode()).as(what).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).as(what).isPresent();
        var type = answer.headers().firstValue("Content-Type").orElse("");
        assertThat(type).as(what).startsWith(door.isOurs() ? PROBLEM : "text/plain");
        // Nobody is told more of a forged token than that it is none.
        assertThat(answer.body()).as(what).doesNotContain("Exception", "\tat ");
    }

    /// What the door answers to a caller with these credentials.
    public HttpResponse<String> with(Door door, String... authorization) {
        var request =
                HttpRequest.newBuilder(URI.create(door.address())).timeout(Duration.ofMinutes(1));
        for (var each : authorization) request.header("Authorization", each);
        return cluster.send(request.build());
    }
}
