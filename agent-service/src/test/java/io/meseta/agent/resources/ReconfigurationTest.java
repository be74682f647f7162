package io.meseta.agent.resources;

import static io.meseta.agent.resources.Reconfiguration.Policy.ADDITIVE;
import static io.meseta.agent.resources.Reconfiguration.Policy.EQUAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.mesos.resources.ResourceWriting;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.DomainInfo;
import io.meseta.mesos.v1.DomainInfo.FaultDomain;
import io.meseta.model.Resources;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReconfigurationTest {

    private static final ResourceWriting WRITING =
            new ResourceWriting(ResourceWriting.Form.NEWER, Optional.empty());

    private static final String RESOURCES = "cpus:4;mem:1024;ports:[31000-32000]";
    private static final String ATTRIBUTES = "rack:r1;slots:5;ids:[1-10]";

    @Test
    void letsAnAgentThatIsTheSameComeBack() {
        var same = agent(RESOURCES, ATTRIBUTES);

        assertThat(Reconfiguration.changes(same, same, EQUAL)).isEmpty();
        assertThat(Reconfiguration.changes(same, same, ADDITIVE)).isEmpty();
    }

    @Test
    void letsNothingChangeUnderEqual() {
        var before = agent(RESOURCES, ATTRIBUTES);

        assertThat(Reconfiguration.changes(before, agent("cpus:8;mem:1024", ATTRIBUTES), EQUAL))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("resources: ");
        assertThat(Reconfiguration.changes(before, agent(RESOURCES, "rack:r2"), EQUAL))
                .containsExactly("attributes");
        assertThat(Reconfiguration.changes(before, in("r", "z", before), EQUAL))
                .containsExactly("domain");
    }

    @Test
    void letsAnAgentHaveMoreUnderAdditive() {
        var more =
                agent(
                        "cpus:8;mem:2048;disk:10;ports:[31000-33000]",
                        "rack:r1;slots:6;ids:[1-20];new:yes");

        assertThat(
                        Reconfiguration.changes(
                                agent(RESOURCES, ATTRIBUTES), in("r", "z", more), ADDITIVE))
                .isEmpty();
    }

    @Test
    void letsAnAgentHaveNothingLessUnderAdditive() {
        var before = in("r", "z", agent(RESOURCES, ATTRIBUTES));

        var changes =
                Reconfiguration.changes(
                        before,
                        in("r", "y", agent("cpus:2;mem:2048", "rack:r2;slots:4;ids:[1-9]")),
                        ADDITIVE);

        assertThat(changes).hasSize(5);
        assertThat(changes.getFirst()).startsWith("resources: ");
        assertThat(changes)
                .contains("attribute rack", "attribute slots", "attribute ids", "domain");
    }

    @Test
    void letsNoAgentMoveToAnotherNameOrPort() {
        var before = agent(RESOURCES, ATTRIBUTES);
        var moved = before.toBuilder().setHostname("other").setPort(1).build();

        assertThat(Reconfiguration.changes(before, moved, ADDITIVE))
                .containsExactly("hostname: host became other", "port: 5051 became 1");
    }

    private static AgentInfo agent(String resources, String attributes) {
        return AgentInfo.newBuilder()
                .setHostname("host")
                .setPort(5051)
                .addAllResources(WRITING.write(Resources.parse(resources)))
                .addAllAttributes(AttributeText.attributes(attributes))
                .build();
    }

    private static AgentInfo in(String region, String zone, AgentInfo agent) {
        var fault =
                FaultDomain.newBuilder()
                        .setRegion(FaultDomain.RegionInfo.newBuilder().setName(region))
                        .setZone(FaultDomain.ZoneInfo.newBuilder().setName(zone));
        return agent.toBuilder().setDomain(DomainInfo.newBuilder().setFaultDomain(fault)).build();
    }
}
