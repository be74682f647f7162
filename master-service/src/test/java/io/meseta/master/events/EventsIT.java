package io.meseta.master.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.leadership.Leadership.Address;
import io.meseta.master.leadership.Leadership.Role;
import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.EventStream;
import io.meseta.testkit.http.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EventsIT {

    private static final String SERVICE =
            "\"command\":{\"value\":\"serve\",\"user\":\"www\"},"
                    + "\"labels\":{\"labels\":[{\"key\":\"k\",\"value\":\"v\"}]},"
                    + "\"discovery\":{\"visibility\":\"CLUSTER\",\"name\":\"shop\",\"ports\":"
                    + "{\"ports\":[{\"number\":31000,\"name\":\"web\",\"protocol\":\"tcp\"}]}}";

    @SuppressWarnings("NullAway.Init") // each test starts one with settings of its own
    private TestMaster master;

    @SuppressWarnings("NullAway.Init") // the same
    private RawHttp http;

    private void start(String... settings) {
        master = TestMaster.start(settings);
        http = master.http();
    }

    @AfterEach
    void stop() {
        if (master != null) master.close();
    }

    @Test
    void beginsWithASnapshotAndGoesOnWithWhatChanges() {
        start();
        try (var early = EventStream.open(http)) {
            var empty = early.await("snapshot");
            assertThat(empty.data().path("agents").size()).isZero();
            assertThat(empty.id()).matches("1-[0-9]+");
            assertThat(Instant.parse(empty.data().path("time").asString())).isAfter(Instant.EPOCH);
            try (var agent = agent();
                    var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
                framework.launch(framework.offer(), Samples.task("t1", agent.id(), SERVICE));

                var running = early.awaitTask("t1", "TASK_RUNNING");

                var task = running.data().path("tasks").path(0);
                assertThat(task.path("framework").asString()).isEqualTo(framework.id());
                assertThat(task.path("agent").asString()).isEqualTo(agent.id());
                assertThat(task.path("resources").path("cpus").asDouble()).isEqualTo(0.5);
                assertThat(task.path("user").asString()).isEqualTo("www");
                assertThat(task.path("command").asString()).isEqualTo("serve");
                assertThat(task.path("labels").path("k").asString()).isEqualTo("v");
                assertThat(task.has("healthy")).isFalse();
                var service = task.path("service");
                assertThat(service.path("name").asString()).isEqualTo("shop");
                assertThat(service.path("visibility").asString()).isEqualTo("CLUSTER");
                assertThat(service.path("ports").path(0).path("number").asInt()).isEqualTo(31000);
                var statuses = task.path("statuses");
                assertThat(statuses.path(statuses.size() - 1).path("state").asString())
                        .isEqualTo("TASK_RUNNING");
                early.await("change", data -> uses(data.path("agents"), 0.5));
                early.await(
                        "change",
                        data -> data.path("frameworks").path(0).path("tasks").asInt() == 1);
                try (var late = EventStream.open(http)) {
                    var full = late.await("snapshot").data();
                    assertThat(full.path("agents").path(0).path("state").asString())
                            .isEqualTo("active");
                    assertThat(full.path("agents").path(0).path("total").path("ports").asString())
                            .isEqualTo("[31000-32000]");
                    assertThat(full.path("frameworks").path(0).path("state").asString())
                            .isEqualTo("active");
                    assertThat(full.path("tasks").path(0).path("id").asString()).isEqualTo("t1");
                }
            }
            early.await(
                    "change",
                    data ->
                            data.path("frameworks")
                                    .path(0)
                                    .path("state")
                                    .asString()
                                    .equals("disconnected"));
        }
    }

    private static boolean uses(tools.jackson.databind.JsonNode agents, double cpus) {
        return agents.path(0).path("used").path("cpus").asDouble() == cpus;
    }

    @Test
    void namesWhatIsGone() {
        start();
        try (var events = EventStream.open(http)) {
            events.await("snapshot");
            String id;
            try (var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
                id = framework.id();
                http.send(
                        "POST",
                        "/teardown",
                        ("frameworkId=" + id).getBytes(StandardCharsets.UTF_8));
            }

            var gone = events.await("change", data -> data.has("gone")).data().path("gone");

            assertThat(gone.path("frameworks").path(0).asString()).isEqualTo(id);
            assertThat(gone.has("agents")).isFalse();
        }
    }

    @Test
    void goesOnAfterTheLastEventThatWasRead() {
        start();
        String last;
        try (var events = EventStream.open(http);
                var agent = agent()) {
            agent.id();
            last = events.await("change", data -> data.path("agents").size() == 1).id();
        }
        try (var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            framework.id();
            // Another reader sees that the change is out by now.
            try (var witness = EventStream.open(http)) {
                witness.await("snapshot");
            }
            try (var again = EventStream.resume(http, last)) {
                again.await(
                        "change",
                        data ->
                                data.path("frameworks")
                                        .path(0)
                                        .path("name")
                                        .asString()
                                        .equals("modern"));

                assertThat(again.heard()).noneMatch(each -> each.event().equals("snapshot"));
            }
        }
    }

    @Test
    void saysAtOnceToWhoHasMissedNothingThatAllIsTrue() {
        start();
        String last;
        try (var events = EventStream.open(http)) {
            last = events.await("snapshot").id();
        }
        try (var again = EventStream.resume(http, last)) {
            again.await("beat");
            assertThat(again.heard().getFirst().event()).isEqualTo("beat");
        }
    }

    @Test
    void beginsAnewForWhoWasAwayTooLong() {
        start("meseta.master.events.recent-max=1", "meseta.master.events.gather-max=0s");
        try (var events = EventStream.open(http)) {
            var first = events.await("snapshot").id();
            for (int i = 0; i < 3; i++) {
                try (var framework = ScriptedFramework.subscribe(http, Samples.PLAIN)) {
                    framework.id();
                }
            }
            Await.shortly()
                    .until(
                            "three changes came",
                            () ->
                                    events.heard().stream()
                                                    .filter(each -> each.event().equals("change"))
                                                    .count()
                                            >= 3);
            for (var id : new String[] {first, "0-1", "1-999999", "rubbish", "", "1-1-1"})
                try (var again = EventStream.resume(http, id)) {
                    again.await("snapshot");
                    assertThat(again.heard().getFirst().event()).as(id).isEqualTo("snapshot");
                }
        }
    }

    @Test
    void saysAllTheTimeThatItIsStillSo() {
        start();
        try (var events = EventStream.open(http)) {
            var snapshot = events.await("snapshot");
            var beat = events.await("beat");
            assertThat(Duration.ofNanos(beat.nanos() - snapshot.nanos()))
                    .isLessThan(Duration.ofMillis(2_500));
            assertThat(beat.id()).isEmpty();
            assertThat(Instant.parse(beat.data().path("time").asString()))
                    .isAfter(Instant.parse(snapshot.data().path("time").asString()));
        }
    }

    @Test
    void endsWhenItNoLongerLeadsAndBeginsAnewWhenItDoes() {
        start();
        String last;
        try (var events = EventStream.open(http)) {
            last = events.await("snapshot").id();
            master.leadership().become(new Role.Leaderless());

            assertThat(events.await("end").data().path("reason").asString())
                    .isEqualTo("this master does not lead any more");
            Await.shortly().until("it hangs up", events::isEnded);
        }
        var refused = http.get("/api/meseta/v1/events");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isPresent();
        master.leadership().lead();
        try (var again = EventStream.resume(http, last)) {
            assertThat(again.await("snapshot").id()).startsWith("2-");
        }
    }

    @Test
    void sendsReadersOfAFollowerToTheLeader() {
        start();
        master.leadership().become(new Role.Following(new Address("leader", 5050), new Epoch(7)));

        for (var path :
                new String[] {
                    "/api/meseta/v1/events",
                    "/api/meseta/v1/tasks?limit=3&after=a%2Fb",
                    "/api/meseta/v1/agents",
                    "/api/meseta/v1/frameworks"
                }) {
            var reply = http.get(path);
            assertThat(reply.status()).as(path).isEqualTo(307);
            assertThat(reply.header("Location")).as(path).contains("//leader:5050" + path);
        }
    }

    @Test
    void tellsASlowReaderWhyItIsLetGo() throws IOException {
        start("meseta.master.events.outbox-max=1MB", "meseta.master.events.gather-max=0s");
        var large = Samples.PLAIN.replace("plain", "x".repeat(60_000));
        try (var slow = http.open("GET", "/api/meseta/v1/events", new byte[0]);
                var other = EventStream.open(http)) {
            other.await("snapshot");
            // The operating system holds some megabytes for whoever does not read.
            for (int i = 0; i < 200; i++) {
                try (var framework = ScriptedFramework.subscribe(http, large)) {
                    var id = framework.id();
                    // It reads as fast as this goes on, however busy the machine is.
                    other.await("change", data -> data.path("frameworks").toString().contains(id));
                }
            }

            var text = new String(slow.body().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(text)
                    .startsWith("event: snapshot\n")
                    .endsWith("event: end\ndata: {\"reason\":\"you do not read fast enough\"}\n\n");
            assertThat(other.isEnded()).isFalse();
        }
    }

    @Test
    void servesManyReadersAndRefusesMore() {
        start("meseta.master.events.streams-max=100");
        var readers = new ArrayList<EventStream>();
        try {
            for (int i = 0; i < 100; i++) readers.add(EventStream.open(http));
            for (var reader : readers) reader.await("snapshot");
            var reply = http.get("/api/meseta/v1/events");
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isPresent();
            try (var agent = agent();
                    var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
                framework.launch(framework.offer(), Samples.task("t1", agent.id()));

                for (var reader : readers) reader.awaitTask("t1", "TASK_RUNNING");
            }
        } finally {
            for (var reader : readers) reader.close();
        }
        Await.shortly().until("their places are free", () -> master.openStreams("changes") == 0);
    }

    private ScriptedAgent agent() {
        return ScriptedAgent.hello(
                http, ScriptedAgent.machine("rack:r1").build(), ScriptedAgent.running());
    }
}
