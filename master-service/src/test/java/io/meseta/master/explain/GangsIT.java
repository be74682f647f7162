package io.meseta.master.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.scheduler.Event;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a scheduler needs together, from its REQUEST to its OFFERS.
final class GangsIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void offersTogetherWhatIsNeededTogether() {
        try (var master = TestMaster.start();
                var framework = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
            assertThat(framework.call("SUPPRESS", "\"suppress\":{}").status()).isEqualTo(202);
            try (var one = hello(master.http(), "one")) {
                assertThat(request(framework, 3, "training").status()).isEqualTo(202);
                var gang = gang(master.http(), framework, 1);
                assertThat(gang.path("sets").asInt()).isEqualTo(3);
                assertThat(gang.path("missing").size()).isEqualTo(2);
                assertThat(gang.path("held").path(0).path("agent").asString()).isEqualTo(one.id());
                assertThat(gang.path("held_until").asString()).isNotEmpty();
                assertThat(explained(master.http(), framework).path("agents").toString())
                        .contains("\"held\":\"cpus:2\"");
                assertThat(offers(framework)).isEmpty();

                try (var two = hello(master.http(), "two")) {
                    var event =
                            framework.await(
                                    "all that it needs",
                                    each -> each.getOffers().getOffersCount() > 0);

                    assertThat(event.getOffers().getOffersList())
                            .extracting(offer -> offer.getAgentId().getValue())
                            .containsExactlyInAnyOrder(one.id(), two.id());
                    var all = event.getOffers().getOffersList().stream();
                    assertThat(all.mapToDouble(GangsIT::cpus).sum()).isEqualTo(6);
                    assertThat(explained(master.http(), framework).path("gangs").size()).isZero();
                }
            }
        }
    }

    @Test
    void letsGoInTime() {
        try (var master = TestMaster.start();
                var framework = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
            assertThat(framework.call("SUPPRESS", "\"suppress\":{}").status()).isEqualTo(202);
            try (var one = hello(master.http(), "one")) {
                assertThat(request(framework, 3, "training").status()).isEqualTo(202);
                gang(master.http(), framework, 1);

                master.leadership().pass(Duration.ofMinutes(1));

                var gang = gang(master.http(), framework, 0);
                assertThat(gang.path("failures").asInt()).isEqualTo(1);
                assertThat(gang.path("paused_until").asString()).isNotEmpty();
                try (var other = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
                    assertThat(other.offer().getAgentId().getValue()).isEqualTo(one.id());
                }
            }
        }
    }

    @Test
    void refusesWhatIsNoGang() {
        try (var master = TestMaster.start();
                var framework = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
            for (var name : new String[] {"", "a b", "x".repeat(65), "ü"})
                assertThat(request(framework, 1, name).status()).as(name).isEqualTo(400);
            assertThat(request(framework, 1, "a", "b", "c", "d").status()).isEqualTo(202);
            assertThat(request(framework, 1, "a", "b", "c", "d", "e").status()).isEqualTo(400);
        }
    }

    private static ScriptedAgent hello(RawHttp http, String hostname) {
        var machine = ScriptedAgent.machine();
        machine.getAgentInfoBuilder().setHostname(hostname);
        return ScriptedAgent.hello(http, machine.build());
    }

    private static RawHttp.Reply request(ScriptedFramework framework, int sets, String... names) {
        var entries = new ArrayList<String>();
        for (var name : names)
            for (int i = 0; i < sets; i++)
                entries.add(
                        ("{\"resources\":[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":"
                                        + "{\"value\":2}}],\"labels\":{\"labels\":[{\"key\":"
                                        + "\"meseta.io/gang\",\"value\":\"%s\"}]}}")
                                .formatted(name));
        return framework.call(
                "REQUEST", "\"request\":{\"requests\":[%s]}".formatted(String.join(",", entries)));
    }

    private static JsonNode explained(RawHttp http, ScriptedFramework framework) {
        return JSON.readTree(
                http.get("/api/meseta/v1/explain/frameworks/" + framework.id()).text());
    }

    /// The framework's only gang, once so many of its sets are held.
    private static JsonNode gang(RawHttp http, ScriptedFramework framework, int held) {
        Await.shortly()
                .until(
                        held + " sets are held",
                        () ->
                                explained(http, framework).path("gangs").path(0).path("held").size()
                                        == held);
        return explained(http, framework).path("gangs").path(0);
    }

    private static List<Event> offers(ScriptedFramework framework) {
        return framework.events().stream()
                .filter(event -> event.getOffers().getOffersCount() > 0)
                .toList();
    }

    private static double cpus(Offer offer) {
        return offer.getResourcesList().stream()
                .filter(each -> each.getName().equals("cpus"))
                .mapToDouble(each -> each.getScalar().getValue())
                .sum();
    }
}
