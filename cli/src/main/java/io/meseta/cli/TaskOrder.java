package io.meseta.cli;

import io.meseta.client.Agent;
import io.meseta.client.Endpoint;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.DiscoveryInfo;
import io.meseta.mesos.v1.Environment;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.Port;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskInfo;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What the user has asked to be run.
///
/// @param framework as which to register; without an id
/// @param name of the task, also the beginning of its id
/// @param service under which others find it; empty if nobody shall
record TaskOrder(
        FrameworkInfo framework,
        String name,
        CommandInfo command,
        Needs needs,
        Optional<String> service) {

    /// What it needs of an agent.
    record Needs(Demand amounts, PortDemand ports) {

        @Override
        public String toString() {
            return amounts.toString() + ports;
        }
    }

    private static final int SUFFIX_LENGTH = 8;

    /// The task on an offer's agent, under an id of its own; empty if it needs more than is
    /// offered.
    Optional<TaskInfo> placedOn(Offer offer) {
        var amounts = needs.amounts().takenFrom(offer.getResourcesList());
        var ports = needs.ports().takenFrom(offer.getResourcesList());
        if (amounts.isEmpty() || ports.isEmpty()) return Optional.empty();
        var suffix = UUID.randomUUID().toString().substring(0, SUFFIX_LENGTH);
        var prefix = name.replaceAll("[^A-Za-z0-9_.-]", "_");
        var task =
                TaskInfo.newBuilder()
                        .setName(name)
                        .setTaskId(TaskID.newBuilder().setValue(prefix + "-" + suffix))
                        .setAgentId(offer.getAgentId())
                        .addAllResources(amounts.get())
                        .addAllResources(ports.get().resources())
                        .setCommand(told(ports.get().numbers()));
        service.ifPresent(found -> task.setDiscovery(discovery(found, ports.get().numbers())));
        return Optional.of(task.build());
    }

    /// The command with its ports in its environment.
    private CommandInfo told(List<Integer> numbers) {
        var told = command.toBuilder();
        for (int i = 0; i < numbers.size(); i++) {
            set(told, "PORT" + i, numbers.get(i));
            var named = needs.ports().wishes().get(i).variable();
            if (named.isPresent()) set(told, named.get(), numbers.get(i));
        }
        return told.build();
    }

    private static void set(CommandInfo.Builder command, String variable, int number) {
        command.getEnvironmentBuilder()
                .addVariables(
                        Environment.Variable.newBuilder()
                                .setName(variable)
                                .setType(Environment.Variable.Type.VALUE)
                                .setValue(Integer.toString(number)));
    }

    private DiscoveryInfo discovery(String found, List<Integer> numbers) {
        var discovery =
                DiscoveryInfo.newBuilder()
                        .setVisibility(DiscoveryInfo.Visibility.CLUSTER)
                        .setName(found);
        for (int i = 0; i < numbers.size(); i++) {
            var port = Port.newBuilder().setNumber(numbers.get(i)).setProtocol("tcp");
            needs.ports().wishes().get(i).name().ifPresent(port::setName);
            discovery.getPortsBuilder().addPorts(port);
        }
        return discovery.build();
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
