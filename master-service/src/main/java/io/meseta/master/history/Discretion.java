package io.meseta.master.history;

import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.task.Home;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.StatusTrail;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.wire.Sealed;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import org.pcollections.TreePVector;

/// Leaves of what has ended only what is shown, and what decides who may see it.
///
/// What is kept is named, and all else goes: environments, secrets sealed or not, volumes, data of
/// executors and statuses. A history lives much longer than the keys and the reasons for them.
final class Discretion {

    private Discretion() {}

    static Task of(Task task) {
        var spec = task.spec();
        var changes = TreePVector.<Status>empty();
        for (var status : task.trail().changes()) changes = changes.plus(of(status));
        return new Task(
                task.key(),
                new TaskSpec(
                        spec.id(),
                        spec.name(),
                        spec.role(),
                        spec.resources(),
                        Sealed.seal(of(Sealed.task(spec.wire()))),
                        new Home.Own()),
                task.placement(),
                task.state(),
                StatusTrail.of(changes),
                Optional.empty());
    }

    private static TaskInfo of(TaskInfo info) {
        var kept =
                TaskInfo.newBuilder()
                        .setName(info.getName())
                        .setTaskId(info.getTaskId())
                        .setAgentId(info.getAgentId());
        if (info.hasLabels()) kept.setLabels(info.getLabels());
        if (info.hasDiscovery()) kept.setDiscovery(info.getDiscovery());
        if (info.hasCommand()) kept.setCommand(of(info.getCommand()));
        // Whose user counts where the task itself names none.
        if (info.getExecutor().getCommand().hasUser())
            kept.getExecutorBuilder()
                    .setExecutorId(info.getExecutor().getExecutorId())
                    .getCommandBuilder()
                    .setUser(info.getExecutor().getCommand().getUser());
        return kept.buildPartial();
    }

    private static CommandInfo of(CommandInfo command) {
        var kept = CommandInfo.newBuilder().addAllArguments(command.getArgumentsList());
        if (command.hasShell()) kept.setShell(command.getShell());
        if (command.hasValue()) kept.setValue(command.getValue());
        if (command.hasUser()) kept.setUser(command.getUser());
        return kept.buildPartial();
    }

    private static Status of(Status status) {
        var wire = Sealed.status(status.wire());
        var kept = TaskStatus.newBuilder().setTaskId(wire.getTaskId()).setState(wire.getState());
        if (wire.hasHealthy()) kept.setHealthy(wire.getHealthy());
        for (var network : wire.getContainerStatus().getNetworkInfosList())
            kept.getContainerStatusBuilder()
                    .addNetworkInfosBuilder()
                    .addAllIpAddresses(network.getIpAddressesList());
        return new Status(
                status.state(),
                status.origin(),
                status.message(),
                status.uuid(),
                Sealed.seal(kept.buildPartial()));
    }

    static Framework of(Framework framework) {
        var profile = framework.profile();
        var info = Sealed.framework(profile.wire());
        var wire = FrameworkInfo.newBuilder().setUser(info.getUser()).setName(info.getName());
        if (info.hasWebuiUrl()) wire.setWebuiUrl(info.getWebuiUrl());
        var kept =
                new FrameworkProfile(
                        profile.identity(),
                        profile.name(),
                        profile.roles(),
                        profile.capabilities(),
                        profile.failoverTimeout(),
                        new TreeMap<>(),
                        Sealed.seal(wire.buildPartial()));
        return new Framework(
                        framework.id(),
                        kept,
                        framework.registeredAt(),
                        framework.reregisteredAt(),
                        framework.presence())
                .orphaned(framework.reregisteredAt(), Duration.ZERO);
    }
}
