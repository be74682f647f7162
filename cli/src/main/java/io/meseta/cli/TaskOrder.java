package io.meseta.cli;

import io.meseta.client.Agent;
import io.meseta.client.Endpoint;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskInfo;
import java.util.List;
import java.util.UUID;

/// What the user has asked to be run.
///
/// @param framework as which to register; without an id
/// @param name of the task, also the beginning of its id
record TaskOrder(FrameworkInfo framework, String name, CommandInfo command, Demand demand) {

    private static final int SUFFIX_LENGTH = 8;

    /// The task on an offer's agent, under an id of its own.
    TaskInfo placedOn(Offer offer, List<Resource> resources) {
        var suffix = UUID.randomUUID().toString().substring(0, SUFFIX_LENGTH);
        var prefix = name.replaceAll("[^A-Za-z0-9_.-]", "_");
        return TaskInfo.newBuilder()
                .setName(name)
                .setTaskId(TaskID.newBuilder().setValue(prefix + "-" + suffix))
                .setAgentId(offer.getAgentId())
                .addAllResources(resources)
                .setCommand(command)
                .build();
    }

    /// Where an offer's agent answers. The address comes before the host name, which may be known
    /// only over there.
    static Endpoint agentOf(Offer offer) {
        var address = offer.getUrl().getAddress();
        int port = address.getPort() > 0 ? address.getPort() : Agent.PORT;
        if (!address.getIp().isEmpty()) {
            return Endpoint.of(address.getIp(), port);
        }
        var named = address.getHostname().isEmpty() ? offer.getHostname() : address.getHostname();
        return Endpoint.of(named, port);
    }
}
