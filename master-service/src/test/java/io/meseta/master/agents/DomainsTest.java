package io.meseta.master.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.constraint.Place;
import io.meseta.master.core.agent.LinkId;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.Attribute;
import io.meseta.mesos.v1.DomainInfo;
import io.meseta.mesos.v1.DomainInfo.FaultDomain;
import io.meseta.mesos.v1.Value;
import io.meseta.wire.agent.HeldExecutor;
import io.meseta.wire.agent.Hello;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DomainsTest {

    @Test
    void forgetNothingOfWhatAnAgentSays() throws Unacceptable {
        var fault =
                FaultDomain.newBuilder()
                        .setRegion(FaultDomain.RegionInfo.newBuilder().setName("there"))
                        .setZone(FaultDomain.ZoneInfo.newBuilder().setName("z1"));
        var rack =
                Attribute.newBuilder()
                        .setName("rack")
                        .setType(Value.Type.TEXT)
                        .setText(Value.Text.newBuilder().setValue("r1"));
        var info =
                AgentInfo.newBuilder()
                        .setHostname("h")
                        .setPort(5051)
                        .addAttributes(rack)
                        .setDomain(DomainInfo.newBuilder().setFaultDomain(fault));
        var executor = HeldExecutor.newBuilder().setLaunchOrder(3);
        executor.getFrameworkIdBuilder().setValue("f");
        executor.getExecutorIdBuilder().setValue("e");
        var hello =
                Hello.newBuilder()
                        .setAgentInfo(info)
                        .setVersion("1")
                        .addExecutors(executor)
                        .build();
        var read = HelloReading.read(hello, new LinkId("l"), "");

        var placed = new Domains(Optional.of("here"), false).placed(read, hello.getAgentInfo());

        assertThat(placed.profile().site().isRemote()).isTrue();
        assertThat(placed.profile().site().domain()).contains(new Place.FaultDomain("there", "z1"));
        assertThat(placed.profile().site().attributes()).containsKey("rack");
        assertThat(placed.executors()).hasSize(1).isEqualTo(read.executors());
    }
}
