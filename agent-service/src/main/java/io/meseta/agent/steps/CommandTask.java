package io.meseta.agent.steps;

import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.agent.containers.ContainerTask;
import io.meseta.agent.containers.SecretVariables;
import io.meseta.agent.core.executor.ExecutorSpec;
import io.meseta.agent.core.task.TaskSpec;
import io.meseta.agent.fetch.FetchItem;
import io.meseta.mesos.resources.InvalidResource;
import io.meseta.mesos.resources.ResourceReading;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.model.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;

/// What a task's wire message asks for, as far as command tasks go.
///
/// @param argv the file to execute and its arguments
/// @param user whom it wants to run as; empty for no wish
/// @param volumes the persistent ones that it uses
/// @param variables its own part of the environment, but for secrets
/// @param contained what it asks of a container
record CommandTask(
        List<String> argv,
        String user,
        SequencedMap<String, String> variables,
        List<FetchItem> files,
        Resources volumes,
        ContainerTask contained) {

    /// Reads a task that was found fit when it was ordered.
    static CommandTask of(TaskSpec spec, UUID container) {
        try {
            var task = TaskInfo.parseFrom(spec.wire().asReadOnly());
            var framework = FrameworkInfo.parseFrom(spec.framework().asReadOnly());
            var volumes =
                    ResourceReading.read(task.getResourcesList())
                            .filter(each -> each.kind().isPersistentVolume());
            var contained =
                    new ContainerTask(
                            container,
                            spec.home().executorRun().orElse(container),
                            task.getContainer(),
                            task.getCommand(),
                            task.getResourcesList(),
                            task.getLimitsMap());
            return of(contained, framework.getUser(), volumes);
        } catch (InvalidProtocolBufferException | InvalidResource malformed) {
            throw new IllegalStateException("a task was taken that can't be read", malformed);
        }
    }

    /// Reads an executor that was found fit when its first task was ordered.
    static CommandTask of(ExecutorSpec spec, UUID container) {
        try {
            var executor = ExecutorInfo.parseFrom(spec.wire().asReadOnly());
            var framework = FrameworkInfo.parseFrom(spec.framework().asReadOnly());
            var volumes =
                    ResourceReading.read(executor.getResourcesList())
                            .filter(each -> each.kind().isPersistentVolume());
            var contained =
                    new ContainerTask(
                            container,
                            container,
                            executor.getContainer(),
                            executor.getCommand(),
                            executor.getResourcesList(),
                            Map.of());
            return of(contained, framework.getUser(), volumes);
        } catch (InvalidProtocolBufferException | InvalidResource malformed) {
            throw new IllegalStateException("an executor was taken that can't be read", malformed);
        }
    }

    private static CommandTask of(
            ContainerTask contained, String frameworkUser, Resources volumes) {
        var command = contained.command();
        var variables = new LinkedHashMap<String, String>();
        for (var variable : command.getEnvironment().getVariablesList())
            if (!SecretVariables.isSecret(variable))
                variables.put(variable.getName(), variable.getValue());
        var files =
                command.getUrisList().stream()
                        .map(uri ->
                                new FetchItem(
                                        uri.getValue(),
                                        uri.getOutputFile(),
                                        uri.getExtract(),
                                        uri.getExecutable(),
                                        uri.getCache()))
                        .toList();
        var user = command.getUser().isEmpty() ? frameworkUser : command.getUser();
        return new CommandTask(argv(command), user, variables, files, volumes, contained);
    }

    /// Without a shell, `arguments` is the whole argv, its first element included; a shell can only
    /// give a process the name that it is found by, so that one is left out.
    private static List<String> argv(CommandInfo command) {
        if (command.getShell()) return List.of("/bin/sh", "-c", command.getValue());
        var argv = new ArrayList<String>();
        argv.add(command.getValue());
        argv.addAll(command.getArgumentsList().stream().skip(1).toList());
        return argv;
    }
}
