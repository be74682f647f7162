package io.meseta.endtoend.framework;

import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.DiscoveryInfo;
import io.meseta.mesos.v1.DurationInfo;
import io.meseta.mesos.v1.Environment;
import io.meseta.mesos.v1.KillPolicy;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.Port;
import io.meseta.mesos.v1.Ports;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.Value;
import java.time.Duration;
import java.util.List;

/// A task as a test wants it; where it runs is the framework's affair.
///
/// @param template all but the agent and the resources
/// @param ports these and no others, so only where they are offered
public record TaskWish(TaskInfo.Builder template, double cpus, double mem, List<Integer> ports) {

    private static final double CPUS = 0.2;
    private static final double MEM = 32;

    public TaskWish {
        ports = List.copyOf(ports);
    }

    /// A command for the shell.
    public static TaskWish shell(String id, String script) {
        return of(id, CommandInfo.newBuilder().setShell(true).setValue(script));
    }

    public static TaskWish of(String id, CommandInfo.Builder command) {
        var template =
                TaskInfo.newBuilder()
                        .setName(id)
                        .setTaskId(TaskID.newBuilder().setValue(id))
                        .setCommand(command);
        return new TaskWish(template, CPUS, MEM, List.of());
    }

    /// The same as an instance of a microservice, which finds its port in `PORT0`.
    public TaskWish serving(String service, int port) {
        template.setDiscovery(
                DiscoveryInfo.newBuilder()
                        .setName(service)
                        .setVisibility(DiscoveryInfo.Visibility.CLUSTER)
                        .setPorts(
                                Ports.newBuilder()
                                        .addPorts(
                                                Port.newBuilder()
                                                        .setNumber(port)
                                                        .setProtocol("tcp"))));
        return new TaskWish(template, cpus, mem, List.of(port))
                .with("PORT0", Integer.toString(port));
    }

    public TaskWish with(String variable, String value) {
        template.getCommandBuilder()
                .getEnvironmentBuilder()
                .addVariables(
                        Environment.Variable.newBuilder()
                                .setName(variable)
                                .setType(Environment.Variable.Type.VALUE)
                                .setValue(value));
        return this;
    }

    public TaskWish as(String user) {
        template.getCommandBuilder().setUser(user);
        return this;
    }

    public TaskWish fetching(CommandInfo.URI.Builder uri) {
        template.getCommandBuilder().addUris(uri);
        return this;
    }

    /// How long it may take to end once it was told to.
    public TaskWish withGrace(Duration grace) {
        template.setKillPolicy(
                KillPolicy.newBuilder()
                        .setGracePeriod(DurationInfo.newBuilder().setNanoseconds(grace.toNanos())));
        return this;
    }

    public String id() {
        return template.getTaskId().getValue();
    }

    /// The task on an agent, with resources of the offer's role.
    TaskInfo on(Offer offer) {
        return template.clone()
                .setAgentId(AgentID.newBuilder().setValue(offer.getAgentId().getValue()))
                .addResources(scalar("cpus", cpus, offer))
                .addResources(scalar("mem", mem, offer))
                .addAllResources(ports.stream().map(port -> port(port, offer)).toList())
                .build();
    }

    /// Whether the offer holds each of the ports.
    boolean hasPortsIn(Offer offer) {
        return ports.stream()
                .allMatch(port ->
                        offer.getResourcesList().stream()
                                .filter(resource -> resource.getName().equals("ports"))
                                .flatMap(resource -> resource.getRanges().getRangeList().stream())
                                .anyMatch(range ->
                                        range.getBegin() <= port && port <= range.getEnd()));
    }

    private static Resource port(int port, Offer offer) {
        var range = Value.Range.newBuilder().setBegin(port).setEnd(port);
        return Resource.newBuilder()
                .setName("ports")
                .setType(Value.Type.RANGES)
                .setRanges(Value.Ranges.newBuilder().addRange(range))
                .setAllocationInfo(offer.getAllocationInfo())
                .build();
    }

    private static Resource scalar(String name, double amount, Offer offer) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .setAllocationInfo(offer.getAllocationInfo())
                .build();
    }
}
