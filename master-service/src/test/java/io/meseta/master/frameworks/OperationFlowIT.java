package io.meseta.master.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.OperationState;
import io.meseta.mesos.v1.OperationStatus;
import io.meseta.mesos.v1.TaskState;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Operations on resources, from the framework's call to its last acknowledgement.
final class OperationFlowIT {

    private static final String RESERVED =
            "\"reservations\":[{\"type\":\"DYNAMIC\",\"role\":\"dev\"}]";

    private TestMaster master;
    private RawHttp http;
    private ScriptedAgent agent;
    private ScriptedFramework framework;

    @BeforeEach
    void start() {
        master = TestMaster.start();
        http = master.http();
        agent = ScriptedAgent.hello(http, ScriptedAgent.machine().build(), ScriptedAgent.running());
        framework = ScriptedFramework.subscribe(http, Samples.MODERN);
    }

    @AfterEach
    void stop() {
        framework.close();
        agent.close();
        master.close();
    }

    private static String scalar(String name, double value, String more) {
        return "{\"name\":\"%s\",\"type\":\"SCALAR\",\"scalar\":{\"value\":%s}%s}"
                .formatted(name, value, more.isEmpty() ? "" : "," + more);
    }

    private static String operation(String id, String type, String field, String body) {
        var named = id.isEmpty() ? "" : "\"id\":{\"value\":\"%s\"},".formatted(id);
        return "{%s\"type\":\"%s\",\"%s\":%s}".formatted(named, type, field, body);
    }

    private static String reserve(String id, String... resources) {
        return operation(
                id, "RESERVE", "reserve", "{\"resources\":[" + String.join(",", resources) + "]}");
    }

    private static String volume(String id, double size, String path) {
        return scalar(
                "disk",
                size,
                RESERVED
                        + (",\"disk\":{\"persistence\":{\"id\":\"%s\"},\"volume\":"
                                        + "{\"container_path\":\"%s\",\"mode\":\"RW\"}}")
                                .formatted(id, path));
    }

    private void accept(Offer offer, String... operations) {
        var reply =
                framework.call(
                        "ACCEPT",
                        ("\"accept\":{\"offer_ids\":[{\"value\":\"%s\"}],\"operations\":[%s],"
                                        + "\"filters\":{\"refuse_seconds\":0}}")
                                .formatted(offer.getId().getValue(), String.join(",", operations)));
        assertThat(reply.status()).isEqualTo(202);
    }

    private OperationStatus status(String id) {
        return framework
                .await(
                        "the status of " + id,
                        event ->
                                event.getUpdateOperationStatus()
                                        .getStatus()
                                        .getOperationId()
                                        .getValue()
                                        .equals(id))
                .getUpdateOperationStatus()
                .getStatus();
    }

    @Test
    void reservesMakesAVolumeAndRunsATaskOnIt() {
        accept(
                framework.offer(),
                reserve(
                        "r1",
                        scalar("cpus", 1, RESERVED),
                        scalar("mem", 64, RESERVED),
                        scalar("disk", 128, RESERVED)),
                operation(
                        "c1",
                        "CREATE",
                        "create",
                        "{\"volumes\":[" + volume("v1", 64, "data") + "]}"));

        var status = status("c1");
        assertThat(status("r1").getState()).isEqualTo(OperationState.OPERATION_FINISHED);
        assertThat(status.getState()).isEqualTo(OperationState.OPERATION_FINISHED);
        assertThat(status.getAgentId().getValue()).isEqualTo(agent.id());
        var order = agent.await("the order", said -> said.getOrder().hasOperate()).getOrder();
        assertThat(order.getOperate().getConvertedList()).hasSize(3);
        var shown = http.postJson("/api/v1", "{\"type\":\"GET_OPERATIONS\"}").text();
        assertThat(shown).contains("\"id\":{\"value\":\"r1\"}", "OPERATION_FINISHED");

        for (var id : new String[] {"r1", "c1"}) {
            var uuid = status(id).getUuid().getValue().toByteArray();
            var receipt =
                    framework.call(
                            "ACKNOWLEDGE_OPERATION_STATUS",
                            ("\"acknowledge_operation_status\":{\"uuid\":\"%s\",\"operation_id\":"
                                            + "{\"value\":\"%s\"},\"agent_id\":{\"value\":\"%s\"}}")
                                    .formatted(
                                            Base64.getEncoder().encodeToString(uuid),
                                            id,
                                            agent.id()));
            assertThat(receipt.status()).isEqualTo(202);
        }
        assertThat(master.leadership().cluster().operations().all()).isEmpty();

        var offer = framework.offer();
        assertThat(offer.getResourcesList())
                .anyMatch(each -> each.getDisk().getPersistence().getId().equals("v1"));
        accept(
                offer,
                operation(
                        "",
                        "LAUNCH",
                        "launch",
                        ("{\"task_infos\":[{\"name\":\"t\",\"task_id\":{\"value\":\"t\"},"
                                        + "\"agent_id\":{\"value\":\"%s\"},\"resources\":[%s],"
                                        + "\"command\":{\"value\":\"true\"}}]}")
                                .formatted(
                                        agent.id(),
                                        scalar("cpus", 1, RESERVED)
                                                + ","
                                                + volume("v1", 64, "data"))));
        framework.await(
                "it runs",
                event -> event.getUpdate().getStatus().getState() == TaskState.TASK_STARTING);
        var next = framework.offer();
        accept(
                next,
                operation(
                        "d1",
                        "DESTROY",
                        "destroy",
                        "{\"volumes\":[" + volume("v1", 64, "data") + "]}"));
        assertThat(status("d1").getMessage()).startsWith("Persistent volumes in use; on agent ");
    }

    @Test
    void saysWhatIsWrongWithEachOperationAlone() {
        var where = "; on agent " + agent.id() + " at slave(1)@127.0.0.1:5051 (127.0.0.1)";
        accept(
                framework.offer(),
                reserve("static", scalar("cpus", 1, RESERVED.replace("DYNAMIC", "STATIC"))),
                reserve("role", scalar("cpus", 1, RESERVED.replace("dev", "zz"))),
                reserve("empty"),
                operation(
                        "unreserved",
                        "CREATE",
                        "create",
                        "{\"volumes\":[" + volume("v", 1, "d").replace(RESERVED + ",", "") + "]}"),
                operation(
                        "bad-id",
                        "CREATE",
                        "create",
                        "{\"volumes\":[" + volume("a/b", 1, "d") + "]}"),
                operation(
                        "no-disk",
                        "CREATE",
                        "create",
                        "{\"volumes\":[" + scalar("disk", 1, RESERVED) + "]}"),
                operation(
                        "disk",
                        "CREATE_DISK",
                        "create_disk",
                        "{\"source\":%s,\"target_type\":\"MOUNT\"}"
                                .formatted(scalar("disk", 1, RESERVED))),
                reserve("fine", scalar("cpus", 1, RESERVED)));

        assertThat(status("static").getMessage())
                .isEqualTo(
                        "Resource cpus(allocated: dev)(reservations: [(STATIC,dev)]):1 is not"
                                + " dynamically reserved"
                                + where);
        assertThat(status("role").getMessage())
                .isEqualTo(
                        "A reserve operation was attempted for a resource with role 'zz', but the"
                                + " resource was allocated to role 'dev'"
                                + where);
        assertThat(status("empty").getMessage())
                .isEqualTo(
                        "Invalid resources: The resources have multiple resource providers: "
                                + where);
        assertThat(status("unreserved").getMessage())
                .isEqualTo(
                        "Invalid resources: Invalid DiskInfo: Persistent volumes cannot be created"
                                + " from unreserved resources"
                                + where);
        assertThat(status("bad-id").getMessage())
                .isEqualTo(
                        "Invalid resources: Invalid DiskInfo: Invalid persistence ID for"
                                + " persistent volume: 'a/b' contains invalid characters"
                                + where);
        assertThat(status("no-disk").getMessage())
                .isEqualTo(
                        "Not a persistent volume: Resource disk(allocated: dev)(reservations:"
                                + " [(DYNAMIC,dev)]):1 does not have DiskInfo"
                                + where);
        assertThat(status("disk").getMessage())
                .isEqualTo("'source' is not managed by a resource provider" + where);
        assertThat(status("fine").getState()).isEqualTo(OperationState.OPERATION_FINISHED);
    }

    @Test
    void answersWhatAFrameworkAsksOfItsOperations() {
        framework.id();
        var reply =
                framework.call(
                        "RECONCILE_OPERATIONS",
                        "\"reconcile_operations\":{\"operations\":[{\"operation_id\":"
                                + "{\"value\":\"nope\"}}]}");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(status("nope").getState()).isEqualTo(OperationState.OPERATION_UNKNOWN);
        Await.shortly().until("an offer is there", () -> !framework.events().isEmpty());
    }
}
