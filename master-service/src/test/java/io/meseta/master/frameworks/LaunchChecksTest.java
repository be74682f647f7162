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
