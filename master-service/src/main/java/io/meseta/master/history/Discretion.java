package io.meseta.master.history;

import com.google.protobuf.Message;
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
import io.meseta.model.Opaque;
import java.util.Optional;
import java.util.TreeMap;
import org.pcollections.TreePVector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Leaves of what has ended only what is shown, and what decides who may see it.
///
/// What is kept is named, and all else goes: environments, secrets sealed or not, volumes, data of
/// executors and statuses. A history lives much longer than the keys and the reasons for them.
final class Discretion {

    private static final Logger LOG = LoggerFactory.getLogger(Discretion.class);

    private Discretion() {}

    private interface Keeping {
        Message what();
    }

    /// What can't be read is our mistake; it costs the history this one description and no more.
    private static Opaque kept(Keeping keeping) {
        try {
            return Sealed.seal(keeping.what());
        } catch (IllegalStateException unreadable) {
            LOG.atWarn().setCause(unreadable).log("The history lacks a description");
            return Opaque.EMPTY;
        }
    }

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
                        kept(() -> of(Sealed.task(spec.wire()))),
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
        return new Status(
                status.state(),
                status.origin(),
                status.message(),
                status.uuid(),
                kept(() -> of(Sealed.status(status.wire()))));
    }

    private static TaskStatus of(TaskStatus status) {
        var kept =
                TaskStatus.newBuilder().setTaskId(status.getTaskId()).setState(status.getState());
        if (status.hasHealthy()) kept.setHealthy(status.getHealthy());
        for (var network : status.getContainerStatus().getNetworkInfosList())
            kept.getContainerStatusBuilder()
                    .addNetworkInfosBuilder()
                    .addAllIpAddresses(network.getIpAddressesList());
        return kept.buildPartial();
    }

    private static FrameworkInfo of(FrameworkInfo info) {
        var kept = FrameworkInfo.newBuilder().setUser(info.getUser()).setName(info.getName());
        if (info.hasWebuiUrl()) kept.setWebuiUrl(info.getWebuiUrl());
        return kept.buildPartial();
    }

    static Framework of(Framework framework) {
        var profile = framework.profile();
        var kept =
                new FrameworkProfile(
                        profile.identity(),
                        profile.name(),
                        profile.roles(),
                        profile.capabilities(),
                        profile.failoverTimeout(),
                        new TreeMap<>(),
                        kept(() -> of(Sealed.framework(profile.wire()))));
        return new Framework(
                framework.id(),
                kept,
                framework.registeredAt(),
                framework.reregisteredAt(),
                framework.presence());
    }
}
