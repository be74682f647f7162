package io.meseta.master.preemptions;

import static io.meseta.authorization.SubjectKind.USER;
import static io.meseta.platform.testing.StandInBook.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.starter.StarterPolicies;
import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.platform.testing.AuthStandIn;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Tasks that end for others, seen from outside.
final class PreemptionsIT {

    private static final String ROUTE = "/api/meseta/v1/preemptions";
    private static final String FIRST = Samples.MODERN.replace("[\"dev\"]", "[\"prod\"]");
    private static final String REQUEST =
            "\"request\":{\"requests\":[{\"resources\":[{\"name\":\"cpus\","
                    + "\"type\":\"SCALAR\",\"scalar\":{\"value\":4}}]}]}";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void tellsForWhomATaskHasEnded() {
        try (var master = TestMaster.start();
                var agent =
                        ScriptedAgent.hello(
                                master.http(),
                                ScriptedAgent.machine().build(),
                                ScriptedAgent.running());
                var low = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
            assertThat(share(master.http())).isEqualTo(204);
            low.launch(low.offer(), Samples.task("t1", agent.id(), labelled("-5")));
            low.await("a running task", event -> is(event, TaskState.TASK_RUNNING));
            try (var high = ScriptedFramework.subscribe(master.http(), FIRST)) {
                assertThat(high.call("REQUEST", REQUEST).status()).isEqualTo(202);

                var end = low.await("an end", event -> is(event, TaskState.TASK_KILLED));

                var status = end.getUpdate().getStatus();
                assertThat(status.getReason())
                        .isEqualTo(TaskStatus.Reason.REASON_CONTAINER_PREEMPTED);
                assertThat(status.getMessage()).contains("'prod'", high.id());
                high.await(
                        "an offer of all",
                        event ->
                                event.getOffers().getOffersList().stream()
                                        .flatMap(offer -> offer.getResourcesList().stream())
                                        .anyMatch(PreemptionsIT::isWhole));
                check(master.http(), low.id(), high.id());
            }
        }
    }

    @Test
    void refusesALabelThatIsNoPriority() {
        try (var master = TestMaster.start();
                var agent = ScriptedAgent.hello(master.http(), ScriptedAgent.machine().build());
                var framework = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
            for (var value : new String[] {"high", "1001", "-1001", "1.5", ""}) {
                var id = "t" + value.length() + value.hashCode();
                framework.launch(framework.offer(), Samples.task(id, agent.id(), labelled(value)));

                var refusal =
                        framework.await(
                                "a refusal",
                                event ->
                                        event.getUpdate()
                                                .getStatus()
                                                .getTaskId()
                                                .getValue()
                                                .equals(id));
                assertThat(refusal.getUpdate().getStatus().getState())
                        .as(value)
                        .isEqualTo(TaskState.TASK_ERROR);
                assertThat(refusal.getUpdate().getStatus().getMessage())
                        .contains("meseta.io/priority");
            }
        }
    }

    @Test
    void refusesAPageThatIsNone() {
        try (var master = TestMaster.start()) {
            assertThat(master.http().get(ROUTE + "?limit=0").status()).isEqualTo(400);
            assertThat(master.http().get(ROUTE + "?limit=many").status()).isEqualTo(400);
            assertThat(master.http().get(ROUTE).text())
                    .isEqualTo("{\"preemptions\":[],\"next\":\"\"}");
        }
    }

    @Test
    void isForThoseWhoAreKnown(@TempDir Path directory) {
        try (var auth = new AuthStandIn()) {
            auth.add(USER, "admin", StarterPolicies.ADMINISTRATORS);
            try (var master = TestMaster.startSecure(auth.settings(directory, "meseta-master"))) {
                var admin = master.http().as(basic("admin"));
                Await.shortly()
                        .until("the bundle is there", () -> admin.get("/flags").status() == 200);

                assertThat(admin.get(ROUTE).status()).isEqualTo(200);
                assertThat(master.http().get(ROUTE).status()).isEqualTo(401);
            }
        }
    }

    private static void check(RawHttp http, String low, String high) {
        var page = JSON.readTree(http.get(ROUTE).text());
        assertThat(page.path("next").asString()).isEmpty();
        assertThat(page.path("preemptions").size()).isEqualTo(1);
        var one = page.path("preemptions").path(0);
        assertThat(one.path("framework").asString()).isEqualTo(low);
        assertThat(one.path("task").asString()).isEqualTo("t1");
        assertThat(one.path("priority").asInt()).isEqualTo(-5);
        assertThat(one.path("state").asString()).isEqualTo("TASK_KILLED");
        assertThat(one.path("cause").asString()).isEqualTo("PRIORITY");
        assertThat(one.path("beneficiary").path("role").asString()).isEqualTo("prod");
        assertThat(one.path("beneficiary").path("framework").asString()).isEqualTo(high);
        assertThat(one.path("beneficiary").path("priority").asInt()).isEqualTo(10);
    }

    private static boolean isWhole(io.meseta.mesos.v1.Resource resource) {
        return resource.getName().equals("cpus") && resource.getScalar().getValue() == 4;
    }

    private static boolean is(io.meseta.mesos.v1.scheduler.Event event, TaskState state) {
        return event.getUpdate().getStatus().getState() == state;
    }

    private static String labelled(String priority) {
        return "\"command\":{\"value\":\"sleep 100\"},\"labels\":{\"labels\":[{\"key\":"
                + "\"meseta.io/priority\",\"value\":\"%s\"}]}".formatted(priority);
    }

    private static int share(RawHttp http) {
        var wish = "{\"lends\":false,\"priority\":10,\"preempts\":true}";
        return http.send(
                        "PUT",
                        "/api/meseta/v1/sharing/prod",
                        wish.getBytes(StandardCharsets.UTF_8),
                        "Content-Type: application/json")
                .status();
    }
}
