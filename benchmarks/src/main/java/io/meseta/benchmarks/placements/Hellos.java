package io.meseta.benchmarks.placements;

import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Value;
import io.meseta.wire.agent.Hello;

/// What pretended agents say first.
public final class Hellos {

    private Hellos() {}

    /// From an agent that nobody knows yet.
    public static Hello of(String host, double cpus, double memMb) {
        var info =
                AgentInfo.newBuilder()
                        .setHostname(host)
                        .setPort(5051)
                        .addResources(scalar("cpus", cpus))
                        .addResources(scalar("mem", memMb));
        var hello = Hello.newBuilder().setAgentInfo(info).setVersion("1.12.0").setBootId("boot");
        for (var type :
                new AgentInfo.Capability.Type[] {
                    AgentInfo.Capability.Type.MULTI_ROLE,
                    AgentInfo.Capability.Type.HIERARCHICAL_ROLE,
                    AgentInfo.Capability.Type.RESERVATION_REFINEMENT
                }) hello.addCapabilities(AgentInfo.Capability.newBuilder().setType(type));
        return hello.build();
    }

    /// So much of one resource.
    public static Resource scalar(String name, double amount) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .build();
    }
}
