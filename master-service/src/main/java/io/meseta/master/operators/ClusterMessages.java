package io.meseta.master.operators;

import com.google.protobuf.ByteString;
import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.executor.Executor;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.upkeep.Drain;
import io.meseta.master.state.Usage;
import io.meseta.master.views.ClusterView;
import io.meseta.master.views.RoleShade;
import io.meseta.master.wire.AgentOwner;
import io.meseta.master.wire.DrainWriting;
import io.meseta.master.wire.OfferWriting;
import io.meseta.master.wire.Sealed;
import io.meseta.master.wire.StatusWriting;
import io.meseta.master.wire.Times;
import io.meseta.master.wire.WireIds;
import io.meseta.master.wire.WireNames;
import io.meseta.mesos.resources.ResourceWriting;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.master.Response;
import io.meseta.mesos.v1.scheduler.OfferConstraints;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/// The cluster in the messages of the operator API.
final class ClusterMessages {

    private final ClusterView view;
    private final Cluster cluster;
    private final Usage usage;

    ClusterMessages(ClusterView view) {
        this(view, Usage.of(view.cluster()));
    }

    /// @param usage at least of what will be shown
    ClusterMessages(ClusterView view, Usage usage) {
        this.view = view;
        this.cluster = view.cluster();
        this.usage = usage;
    }

    Stream<io.meseta.mesos.v1.Task> tasks() {
        return view.tasks().filter(task -> !isUnreachable(task)).map(ClusterMessages::task);
    }

    Stream<io.meseta.mesos.v1.Task> unreachableTasks() {
        return view.tasks().filter(ClusterMessages::isUnreachable).map(ClusterMessages::task);
    }

    Stream<io.meseta.mesos.v1.Task> completedTasks() {
        return view.completedTasks().map(ClusterMessages::task);
    }

    private static boolean isUnreachable(Task task) {
        return task.state() == TaskState.TASK_UNREACHABLE;
    }

    static io.meseta.mesos.v1.Task task(Task task) {
        var spec = task.spec();
        var info = Sealed.task(spec.wire());
        var resources = new ResourceWriting(ResourceWriting.Form.NEWER, Optional.of(spec.role()));
        var wire =
                io.meseta.mesos.v1.Task.newBuilder()
                        .setName(spec.name())
                        .setTaskId(WireNames.id(spec.id()))
                        .setFrameworkId(WireNames.id(task.key().framework()))
                        .setAgentId(WireNames.id(task.agent()))
                        .setState(WireNames.of(task.state()))
                        .addAllResources(resources.write(spec.resources()))
                        .putAllLimits(info.getLimitsMap());
        for (var status : task.trail().changes())
            wire.addStatuses(StatusWriting.write(spec.id(), Optional.of(task.agent()), status));
        task.trail().last().ifPresent(last -> told(wire, last));
        spec.home().executorId().map(WireNames::id).ifPresent(wire::setExecutorId);
        if (info.getCommand().hasUser()) wire.setUser(info.getCommand().getUser());
        if (info.hasLabels()) wire.setLabels(info.getLabels());
        if (info.hasDiscovery()) wire.setDiscovery(info.getDiscovery());
        if (info.hasContainer()) wire.setContainer(info.getContainer());
        if (info.hasHealthCheck()) wire.setHealthCheck(info.getHealthCheck());
        if (info.hasKillPolicy()) wire.setKillPolicy(info.getKillPolicy());
        return wire.build();
    }

    private static void told(io.meseta.mesos.v1.Task.Builder wire, Status last) {
        wire.setStatusUpdateState(WireNames.of(last.state()));
        last.uuid()
                .ifPresent(
                        uuid -> wire.setStatusUpdateUuid(ByteString.copyFrom(WireIds.bytes(uuid))));
    }

    /// Those on machines that can be reached: of the others nobody can tell.
    Stream<Response.GetExecutors.Executor> executors() {
        return view.executors().map(ClusterMessages::executor);
    }

    private static Response.GetExecutors.Executor executor(Executor executor) {
        return Response.GetExecutors.Executor.newBuilder()
                .setExecutorInfo(Sealed.executor(executor.spec().wire()))
                .setAgentId(WireNames.id(executor.agent()))
                .build();
    }

    Stream<Response.GetFrameworks.Framework> frameworks() {
        return view.frameworks().map(framework -> framework(framework, Optional.empty()));
    }

    Stream<Response.GetFrameworks.Framework> completedFrameworks() {
        return view.completedFrameworks()
                .map(ended -> framework(ended.framework(), Optional.of(ended.at())));
    }

    Response.GetFrameworks.Framework framework(Framework framework, Optional<Instant> endedAt) {
        var id = framework.id();
        boolean isConnected = endedAt.isEmpty() && framework.isConnected();
        var wire =
                Response.GetFrameworks.Framework.newBuilder()
                        .setFrameworkInfo(
                                Sealed.framework(framework.profile().wire()).toBuilder()
                                        .setId(WireNames.id(id)))
                        .setActive(isConnected)
                        .setConnected(isConnected)
                        .setRecovered(false)
                        .setRegisteredTime(Times.info(framework.registeredAt()))
                        .setReregisteredTime(Times.info(framework.reregisteredAt()))
                        .addAllAllocatedResources(resources(usage.used(id)))
                        .addAllOfferedResources(resources(usage.offered(id)))
                        .setOfferConstraints(constraints(id));
        endedAt.ifPresent(at -> wire.setUnregisteredTime(Times.info(at)));
        if (endedAt.isEmpty())
            for (var offer : cluster.offers().of(id))
                cluster.agent(offer.agent())
                        .ifPresent(
                                agent -> wire.addOffers(OfferWriting.shown(offer, agent, cluster)));
        return wire.build();
    }

    private OfferConstraints constraints(FrameworkId id) {
        return cluster.pool()
                .traits(id)
                .map(traits -> Sealed.constraints(traits.constraints().wire()))
                .orElse(OfferConstraints.getDefaultInstance());
    }

    Stream<Response.GetAgents.Agent> agents() {
        return view.agents().filter(agent -> !agent.isUnreachable()).map(this::agent);
    }

    Response.GetAgents.Agent agent(Agent agent) {
        return RoleShade.agent(whole(agent), view.visibility());
    }

    private Response.GetAgents.Agent whole(Agent agent) {
        var profile = agent.profile();
        var wire =
                Response.GetAgents.Agent.newBuilder()
                        .setAgentInfo(
                                AgentOwner.shown(profile.wire()).toBuilder()
                                        .setId(WireNames.id(agent.id())))
                        .setActive(agent.isLinked() && !cluster.upkeep().isDeactivated(agent.id()))
                        .setDeactivated(cluster.upkeep().isDeactivated(agent.id()))
                        .setVersion(profile.version())
                        .setPid("slave(1)@" + profile.hostname() + ":" + profile.port())
                        .setRegisteredTime(Times.info(agent.registeredAt()))
                        .setReregisteredTime(Times.info(agent.reregisteredAt()))
                        .addAllTotalResources(ResourceWriting.FOR_ANYONE.write(profile.resources()))
                        .addAllAllocatedResources(resources(usage.used(agent.id())))
                        .addAllOfferedResources(resources(usage.offered(agent.id())));
        profile.capabilities().stream()
                .sorted()
                .forEach(capability ->
                        wire.addCapabilities(
                                AgentInfo.Capability.newBuilder()
                                        .setType(
                                                AgentInfo.Capability.Type.valueOf(
                                                        capability.name()))));
        cluster.upkeep().drain(agent.id()).ifPresent(drain -> drained(drain, wire));
        return wire.build();
    }

    private static void drained(Drain drain, Response.GetAgents.Agent.Builder wire) {
        wire.setDrainInfo(DrainWriting.write(drain))
                .setEstimatedDrainStartTime(DrainWriting.since(drain));
    }

    private static List<Resource> resources(SortedMap<Role, Resources> byRole) {
        return byRole.entrySet().stream()
                .flatMap(each ->
                        ResourceWriting.FOR_ANYONE
                                .allocatedTo(each.getKey())
                                .write(each.getValue())
                                .stream())
                .toList();
    }
}
