package io.meseta.master.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.AgentProfile;
import io.meseta.mesos.json.JsonLimits;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.json.UnreadableJson;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LaunchChecksTest {

    private static final String VOLUME =
            "{\"name\":\"disk\",\"type\":\"SCALAR\",\"scalar\":{\"value\":9},%s\"disk\":{"
                    + "\"persistence\":{\"id\":\"v\"},\"volume\":{\"container_path\":\"p\","
                    + "\"mode\":\"RW\"%s}}}";

    private static final String RESERVED =
            "\"reservations\":[{\"type\":\"DYNAMIC\",\"role\":\"%s\"}],";

    @Test
    void refusesVolumesThatNobodyCouldHaveMade() throws UnreadableJson {
        assertThat(problem(VOLUME.formatted("", "")))
                .contains(
                        "Task uses invalid resources: Invalid DiskInfo: Persistent volumes cannot"
                                + " be created from unreserved resources");
        assertThat(problem(VOLUME.formatted(RESERVED.formatted("a") + "\"revocable\":{},", "")))
                .contains(
                        "Task uses invalid resources: Invalid DiskInfo: Persistent volumes cannot"
                                + " be created from revocable resources");
        assertThat(problem(VOLUME.formatted(RESERVED.formatted("a"), ",\"host_path\":\"/x\"")))
                .contains(
                        "Task uses invalid resources: Invalid DiskInfo: Expecting 'host_path' to"
                                + " be unset for persistent volume");
        assertThat(problem(VOLUME.formatted(RESERVED.formatted("a"), ""))).isEmpty();
    }

    @Test
    void refusesTwoVolumesOfOneNameInOneRole() throws UnreadableJson {
        var ofA = VOLUME.formatted(RESERVED.formatted("a"), "");
        var ofB = VOLUME.formatted(RESERVED.formatted("b"), "");

        assertThat(problem(ofA + "," + ofA))
                .contains("Task uses duplicate persistence ID: Persistence ID 'v' is not unique");
        assertThat(problem(ofA + "," + ofB)).isEmpty();
    }

    @Test
    void refusesLimitsOnAnAgentThatCannotHoldThem() throws UnreadableJson {
        var task = task("\"limits\":{\"cpus\":{\"value\":2}}");

        assertThat(LaunchChecks.problem(task, Optional.of(agent())))
                .contains("Agent is not capable of handling task resource limits");
        assertThat(
                        LaunchChecks.problem(
                                task, Optional.of(agent(AgentCapability.TASK_RESOURCE_LIMITS))))
                .isEmpty();
        assertThat(LaunchChecks.problem(task(""), Optional.of(agent()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true,false", "false,true"})
    void refusesCgroupsOfItsOwnForATaskInNoGroup(boolean shares, boolean isRefused)
            throws UnreadableJson {
        var task =
                task(
                        "\"container\":{\"type\":\"MESOS\",\"linux_info\":{\"share_cgroups\":%s}}"
                                .formatted(shares));

        assertThat(LaunchChecks.problem(task, Optional.empty()).isPresent()).isEqualTo(isRefused);
    }

    private static Optional<String> problem(String resources) throws UnreadableJson {
        return LaunchChecks.problem(
                task("\"resources\":[" + resources + "]"), Optional.of(agent()));
    }

    private static TaskInfo task(String members) throws UnreadableJson {
        var json =
                "{\"name\":\"t\",\"task_id\":{\"value\":\"t\"},\"agent_id\":{\"value\":\"a\"}"
                        + (members.isEmpty() ? "" : "," + members)
                        + "}";
        return MesosJson.read(
                json.getBytes(StandardCharsets.UTF_8),
                TaskInfo.getDefaultInstance(),
                JsonLimits.DEFAULT);
    }

    private static Agent agent(AgentCapability... capabilities) {
        return Agent.admitted(
                new AgentId("a"),
                new AgentProfile(
                        "host",
                        5051,
                        Resources.ofScalars(1, 64),
                        Set.of(capabilities),
                        "1",
                        Opaque.EMPTY),
                Instant.EPOCH,
                0);
    }
}
