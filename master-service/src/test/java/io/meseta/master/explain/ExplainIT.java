package io.meseta.master.explain;

import static io.meseta.authorization.SubjectKind.SERVICE_ACCOUNT;
import static io.meseta.authorization.SubjectKind.USER;
import static io.meseta.platform.testing.StandInBook.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.starter.StarterPolicies;
import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.model.Role;
import io.meseta.platform.testing.AuthStandIn;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Why something is not offered, asked over HTTP.
final class ExplainIT {

    private static final String ROUTE = "/api/meseta/v1/explain";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void saysEachReasonAndWhatWouldChangeIt() {
        try (var master = TestMaster.start();
                var agent =
                        ScriptedAgent.hello(
                                master.http(),
                                ScriptedAgent.machine().build(),
                                ScriptedAgent.running());
                var framework = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
            var offer = framework.offer();
            framework.call("SUPPRESS", "");
            framework.call(
                    "DECLINE",
                    ("\"decline\":{\"offer_ids\":[{\"value\":\"%s\"}],"
                                    + "\"filters\":{\"refuse_seconds\":0}}")
                            .formatted(offer.getId().getValue()));
            var path = ROUTE + "/frameworks/" + framework.id() + "?needed=cpus:6;mem:5000";

            var answer = JSON.readTree(master.http().get(path).text());

            assertThat(answer.path("role").asString()).isEqualTo("dev");
            assertThat(clause(answer.path("everywhere"), 0)).isEqualTo("suppressed");
            var summary = answer.path("summary");
            assertThat(summary.path("agents").asInt()).isEqualTo(1);
            assertThat(summary.path("fitting").asInt()).isZero();
            assertThat(summary.path("reasons").path("not-enough-cpus").asInt()).isEqualTo(1);
            assertThat(summary.path("nearest").asString()).isEqualTo(agent.id());
            assertThat(summary.path("changes").toString())
                    .contains("revive role dev", "need 2 less of cpus", "need 904 less of mem");
            var there = answer.path("agents").path(0);
            assertThat(there.path("id").asString()).isEqualTo(agent.id());
            assertThat(there.path("reasons").size()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void explainsWhatWasAskedForAndSinceWhen() {
        try (var master = TestMaster.start();
                var framework = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
            var request =
                    "\"request\":{\"requests\":[{\"resources\":[{\"name\":\"cpus\","
                            + "\"type\":\"SCALAR\",\"scalar\":{\"value\":3}}]}]}";
            assertThat(framework.call("REQUEST", request).status()).isEqualTo(202);

            var answer =
                    JSON.readTree(
                            master.http().get(ROUTE + "/frameworks/" + framework.id()).text());

            assertThat(answer.path("needed").asString()).isEqualTo("cpus:3");
            assertThat(answer.path("since").asString()).isNotEmpty();
            assertThat(answer.path("summary").path("agents").asInt()).isZero();
        }
    }

    @Test
    void showsAgentsAPageAtATime() {
        try (var master = TestMaster.start();
                var one = ScriptedAgent.hello(master.http(), ScriptedAgent.machine().build());
                var two = ScriptedAgent.hello(master.http(), ScriptedAgent.machine().build())) {
            assertThat(one.id()).isNotEqualTo(two.id());
            var path = ROUTE + "/roles/eng/web?needed=cpus:64&limit=1";

            var first = JSON.readTree(master.http().get(path).text());
            var after = first.path("next").asString();
            var second = JSON.readTree(master.http().get(path + "&after=" + after).text());

            assertThat(first.path("agents").size()).isEqualTo(1);
            assertThat(second.path("agents").path(0).path("id").asString()).isGreaterThan(after);
            assertThat(second.path("next").asString()).isEmpty();
            assertThat(first.path("role").asString()).isEqualTo("eng/web");
        }
    }

    @Test
    void refusesWhatMakesNoSense() {
        try (var master = TestMaster.start()) {
            var http = master.http();
            for (var path :
                    new String[] {
                        "/roles/eng?limit=0",
                        "/roles/eng?needed=nonsense",
                        "/roles/eng?needed=cpus:99999999999999999999999",
                        "/roles/-bad",
                        "/demand?role=eng",
                        "/demand?role=&needed=cpus:1",
                        "/demand?role=eng&needed=" + "x".repeat(1_001)
                    }) assertThat(http.get(ROUTE + path).status()).as(path).isEqualTo(400);
            assertThat(http.get(ROUTE + "/frameworks/nobody").status()).isEqualTo(404);
            assertThat(http.get(ROUTE + "/demand?role=eng&needed=cpus:1").status()).isEqualTo(200);
        }
    }

    @Test
    void tellsNobodyWhatItMayNotSee(@TempDir Path directory) {
        try (var auth = new AuthStandIn()) {
            auth.add(USER, "admin", StarterPolicies.ADMINISTRATORS)
                    .add(USER, "stranger")
                    .add(SERVICE_ACCOUNT, "dana", StarterPolicies.developersOf(new Role("dev")))
                    .add(SERVICE_ACCOUNT, "otto", StarterPolicies.developersOf(new Role("ops")));
            auth.book()
                    .policy("dev", StarterPolicies.developer("dev", new Role("dev")))
                    .policy("ops", StarterPolicies.developer("ops", new Role("ops")));
            try (var master = TestMaster.startSecure(auth.settings(directory, "meseta-master"))) {
                Await.shortly()
                        .until(
                                "the bundle is there",
                                () -> as(master, "admin").get("/flags").status() == 200);
                check(master);
            }
        }
    }

    private static void check(TestMaster master) {
        var demand = ROUTE + "/demand?role=dev&needed=cpus:1";
        var role = ROUTE + "/roles/dev";
        for (var who : new String[] {"admin", "dana"}) {
            assertThat(as(master, who).get(demand).status()).as(who).isEqualTo(200);
            assertThat(as(master, who).get(role).status()).as(who).isEqualTo(200);
        }
        for (var who : new String[] {"otto", "stranger"}) {
            assertThat(as(master, who).get(demand).status()).as(who).isEqualTo(403);
            assertThat(as(master, who).get(role).status()).as(who).isEqualTo(403);
        }
        assertThat(master.http().get(demand).status()).isEqualTo(401);

        var dana = as(master, "dana");
        try (var framework =
                ScriptedFramework.subscribe(
                        dana,
                        Samples.MODERN.replace("{\"user\"", "{\"principal\":\"dana\",\"user\""))) {
            var path = ROUTE + "/frameworks/" + framework.id();
            assertThat(dana.get(path).status()).isEqualTo(200);
            assertThat(as(master, "otto").get(path).status()).isEqualTo(404);
            assertThat(as(master, "stranger").get(path).status()).isEqualTo(404);
        }
        var put = "{\"lends\":true}".getBytes(StandardCharsets.UTF_8);
        for (var who : new String[] {"dana", "otto", "stranger"})
            assertThat(share(as(master, who), put).status()).as(who).isEqualTo(403);
        assertThat(share(as(master, "admin"), put).status()).isEqualTo(204);
        assertThat(as(master, "dana").get("/api/meseta/v1/sharing/dev").status()).isEqualTo(200);
        assertThat(as(master, "otto").get("/api/meseta/v1/sharing/dev").status()).isEqualTo(403);
        assertThat(as(master, "otto").get("/api/meseta/v1/sharing").text())
                .doesNotContain("\"dev\"");
        assertThat(as(master, "dana").get("/api/meseta/v1/sharing").text()).contains("\"dev\"");
    }

    private static RawHttp.Reply share(RawHttp http, byte[] wish) {
        return http.send(
                "PUT", "/api/meseta/v1/sharing/dev", wish, "Content-Type: application/json");
    }

    private static RawHttp as(TestMaster master, String who) {
        return master.http().as(basic(who));
    }

    private static String clause(JsonNode reasons, int at) {
        return reasons.path(at).path("clause").asString();
    }
}
