package io.meseta.master.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskState;
import io.meseta.testkit.Await;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FrameworkFiguresIT {

    private static final String INFO =
            Samples.MODERN
                    .replace("\"modern\"", "\"a name/ü\"")
                    .replaceFirst("\\{", "{\"principal\":\"pat\",");

    private TestMaster master;

    @BeforeEach
    void start() {
        master =
                TestMaster.start(
                        "meseta.master.frameworks.rate-limits="
                                + "{\"limits\":[{\"principal\":\"pit\",\"qps\":1,\"capacity\":0}]}");
    }

    @AfterEach
    void stop() {
        master.close();
    }

    @Test
    void tellsOfEachFrameworkWhatItHasSaidHeardAndBeenGiven() {
        try (var agent = ScriptedAgent.hello(master.http(), ScriptedAgent.machine().build());
                var framework = ScriptedFramework.subscribe(master.http(), INFO)) {
            var offer = framework.offer();
            framework.launch(offer, Samples.task("t", agent.id()));
            agent.await("the launch", message -> message.getOrder().hasLaunch());
            agent.report(
                    FrameworkID.newBuilder().setValue(framework.id()).build(),
                    TaskID.newBuilder().setValue("t").build(),
                    TaskState.TASK_FINISHED);
            framework.await("the end", event -> event.hasUpdate());
            framework.call(
                    "DECLINE",
                    "\"decline\":{\"offer_ids\":[{\"value\":\"%s\"}]}"
                            .formatted(framework.offer().getId().getValue()));
            framework.call("SUPPRESS", "");

            var prefix = "master/frameworks/a%20name%2F%C3%BC/" + framework.id() + "/";
            Await.shortly()
                    .until(
                            "all is counted",
                            () -> {
                                var now = figures();
                                // A call is counted once it has been answered.
                                return now.getOrDefault(prefix + "events/update", 0.0) == 1.0
                                        && now.getOrDefault(prefix + "calls", 0.0) >= 4.0;
                            });
            assertThat(figures())
                    .containsEntry(prefix + "subscribed", 1.0)
                    .containsEntry(prefix + "calls", 4.0)
                    .containsEntry(prefix + "calls/subscribe", 1.0)
                    .containsEntry(prefix + "calls/accept", 1.0)
                    .containsEntry(prefix + "calls/update_framework", 0.0)
                    .containsEntry(prefix + "events/subscribed", 1.0)
                    .containsEntry(prefix + "operations", 1.0)
                    .containsEntry(prefix + "operations/launch", 1.0)
                    .containsEntry(prefix + "offers/accepted", 1.0)
                    .containsEntry(prefix + "offers/declined", 1.0)
                    .containsEntry(prefix + "offers/rescinded", 0.0)
                    .containsEntry(prefix + "tasks/terminal/task_finished", 1.0)
                    .containsEntry(prefix + "tasks/active/task_running", 0.0)
                    .containsEntry(prefix + "roles/dev/suppressed", 1.0)
                    .containsEntry("frameworks/pat/messages_received", 4.0)
                    .containsEntry("frameworks/pat/messages_processed", 4.0);

            framework.call("TEARDOWN", "");
            assertThat(figures().keySet()).noneMatch(name -> name.startsWith(prefix));
        }
    }

    @Test
    void dropsCallsOfThoseWhoMakeTooMany() {
        var call =
                "{\"type\":\"SUBSCRIBE\",\"subscribe\":{\"framework_info\":%s}}"
                        .formatted(INFO.replace("\"pat\"", "\"pit\""));

        var reply = master.http().postJson("/api/v1/scheduler", call);

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.text()).isEqualTo("Message SUBSCRIBE dropped: capacity(0) exceeded");
        assertThat(reply.header("Retry-After")).contains("1");
    }

    private Map<String, Double> figures() {
        return master.bean(MesosMetrics.class).snapshot();
    }
}
