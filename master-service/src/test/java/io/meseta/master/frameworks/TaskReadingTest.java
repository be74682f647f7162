package io.meseta.master.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.RuleId;
import io.meseta.authorization.Verdict;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.frameworks.TaskReading.Reading;
import io.meseta.mesos.json.JsonLimits;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.json.UnreadableJson;
import io.meseta.mesos.v1.HealthCheck;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Role;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TaskReadingTest {

    private static final TaskReading READING =
            new TaskReading(
                    new FrameworkId("f"),
                    new Role("dev"),
                    Optional.of(new AgentId("a1")),
                    new ExecutorReading(
                            new FrameworkId("f"),
                            new Role("dev"),
                            Optional.of(new AgentId("a1")),
                            Cluster.EMPTY),
                    (_, _, _) -> new Verdict.Allowed(RuleId.DEFAULT, 1, "for this test"));

    private static final String CPU =
            "\"resources\":[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1}}]";
    private static final String COMMAND = "\"command\":{\"value\":\"true\"}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"kill_policy\":{\"grace_period\":{\"nanoseconds\":-1}}`|Task's"
                        + " 'kill_policy.grace_period' must be non-negative",
                "`\"max_completion_time\":{\"nanoseconds\":-1}`|Task's `max_completion_time` must"
                        + " be non-negative",
                "`\"check\":{\"type\":\"UNKNOWN\"}`|Task uses invalid check: 'UNKNOWN' is not a"
                        + " valid check type",
                "`\"health_check\":{\"type\":\"HTTP\",\"http\":{\"port\":80,\"scheme\":\"ftp\"}}`|"
                        + "Task uses invalid health check: Unsupported HTTP health check scheme:"
                        + " 'ftp'",
                "`\"health_check\":{\"type\":\"COMMAND\",\"command\":{\"value\":\"x\"},"
                        + "\"delay_seconds\":-1}`|Task uses invalid health check: Expecting"
                        + " 'delay_seconds' to be non-negative",
                "`\"container\":{\"type\":\"DOCKER\"}`|Task's `ContainerInfo` is invalid:"
                        + " DockerInfo 'docker' is not set for DOCKER typed ContainerInfo",
                "`\"limits\":{\"disk\":{\"value\":1}}`|Only cpus and mem may be included in a"
                        + " task's resource limits",
                "`\"limits\":{\"cpus\":{\"value\":0.5}}`|The cpu limit must be greater than or"
                        + " equal to the cpu request",
            })
    void refusesWithMesosWords(String members, String complaint) {
        assertThat(complaint(CPU + "," + COMMAND + "," + members)).isEqualTo(complaint);
    }

    @Test
    void refusesResourcesThatCannotBe() {
        assertThat(complaint("\"resources\":[]," + COMMAND)).isEqualTo("Task uses no resources");
        assertThat(complaint(CPU.replace(":1}", ":-1}") + "," + COMMAND))
                .isEqualTo("Resource 'cpus:-1' is invalid: Invalid scalar resource: value <= 0");
        assertThat(complaint(CPU.replace("\"scalar\":{\"value\":1}", "\"ranges\":{}")))
                .isEqualTo("Resource 'cpus:0' is invalid: Invalid scalar resource");
    }

    @Test
    void refusesVariablesWithoutAValue() {
        var command =
                "\"command\":{\"value\":\"x\",\"environment\":{\"variables\":[{\"name\":\"A\"}]}}";
        assertThat(complaint(CPU + "," + command))
                .isEqualTo(
                        "Task's `CommandInfo` is invalid: Environment variable 'A' of type"
                                + " 'VALUE' must have a value set");
    }

    @Test
    void refusesCommandAndExecutorTogetherOrNeither() {
        var both = "\"executor\":{\"executor_id\":{\"value\":\"e\"}}," + COMMAND;
        var words =
                "Task should have at least one (but not both) of CommandInfo or ExecutorInfo"
                        + " present";
        assertThat(complaint(CPU + "," + both)).isEqualTo(words);
        assertThat(complaint(CPU)).isEqualTo(words);
    }

    @Test
    void givesTheOffersRoleToResourcesThatNameNone() {
        assertThat(wellformed(CPU + "," + COMMAND).spec().role()).isEqualTo(new Role("dev"));
        var named = CPU.replace("}}]", "},\"allocation_info\":{\"role\":\"qa\"}}]");
        assertThat(wellformed(named + "," + COMMAND).spec().role()).isEqualTo(new Role("qa"));
    }

    @Test
    void saysTheTypeOfAHealthCheckWhereTheRestSaysIt() throws Exception {
        var task =
                wellformed(
                        CPU + "," + COMMAND + ",\"health_check\":{\"command\":{\"value\":\"x\"}}");

        var wire = TaskInfo.parseFrom(task.spec().wire().asBytes());
        assertThat(wire.getHealthCheck().getType()).isEqualTo(HealthCheck.Type.COMMAND);
    }

    private static Proposal.Wellformed wellformed(String members) {
        var proposal = ((Reading.Proposed) READING.read(task(members))).proposal();
        return (Proposal.Wellformed) proposal;
    }

    private static String complaint(String members) {
        var proposal = ((Reading.Proposed) READING.read(task(members))).proposal();
        return ((Proposal.Malformed) proposal).message();
    }

    private static TaskInfo task(String members) {
        var json =
                "{\"name\":\"t\",\"task_id\":{\"value\":\"t\"},\"agent_id\":{\"value\":\"a1\"},"
                        + members
                        + "}";
        try {
            return MesosJson.read(
                    json.getBytes(StandardCharsets.UTF_8),
                    TaskInfo.getDefaultInstance(),
                    JsonLimits.DEFAULT);
        } catch (UnreadableJson broken) {
            throw new AssertionError(json, broken);
        }
    }
}
