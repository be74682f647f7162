package io.meseta.agent.steps;

import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.fetch.Fetcher;
import io.meseta.agent.launch.Accounts;
import io.meseta.agent.launch.LaunchPlan;
import io.meseta.agent.launch.RunState;
import io.meseta.agent.launch.Supervisors;
import io.meseta.agent.sandbox.SandboxPath;
import io.meseta.agent.sandbox.Sandboxes;
import io.meseta.agent.volumes.VolumeLinks;
import io.meseta.model.AgentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/// The two things that take time before a task runs: its sandbox with its files, and its start.
public final class TaskWork {

    private final Sandboxes sandboxes;
    private final VolumeLinks volumes;
    private final Fetcher fetcher;
    private final Supervisors supervisors;
    private final TaskUsers users;
    private final Supplier<String> endpoint;

    /// Work on tasks that may switch users.
    ///
    /// @param endpoint the agent's `host:port`, known once its server runs
    /// @param isSwitching whether tasks run as the users they name
    public TaskWork(
            Sandboxes sandboxes,
            VolumeLinks volumes,
            Fetcher fetcher,
            Supervisors supervisors,
            Supplier<String> endpoint,
            boolean isSwitching) {
        this.sandboxes = sandboxes;
        this.volumes = volumes;
        this.fetcher = fetcher;
        this.supervisors = supervisors;
        this.users = new TaskUsers(new Accounts(), isSwitching);
        this.endpoint = endpoint;
    }

    /// Makes the sandbox and fetches into it.
    void prepare(AgentTask task, AgentId agent) throws InterruptedException {
        var command = CommandTask.of(task.spec());
        var account = users.accountOf(command.user());
        var sandbox = sandboxes.create(path(task, agent), account);
        // Before anything comes from elsewhere that could lead out of the sandbox.
        boolean isLinked = volumes.link(command.volumes(), sandbox, account);
        fetcher.fetch(command.files(), sandbox, Sandboxes.OUTPUTS, account);
        if (account.isEmpty() || (command.files().isEmpty() && !isLinked)) return;
        try {
            Sandboxes.give(sandbox, account.get());
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "can't give the sandbox to " + account.get().name(), failure);
        }
    }

    /// Starts the command and returns how it stands.
    RunState start(AgentTask task, AgentId agent) throws InterruptedException {
        var command = CommandTask.of(task.spec());
        var account = users.accountOf(command.user());
        var sandbox = sandboxes.locate(path(task, agent));
        var environment =
                TaskEnvironment.of(
                        task,
                        command,
                        agent,
                        endpoint.get(),
                        sandbox,
                        account.orElseGet(users::own));
        return supervisors.start(
                task.container(),
                new LaunchPlan(command.argv(), environment, sandbox, account.stream().toList()));
    }

    private static SandboxPath path(AgentTask task, AgentId agent) {
        return new SandboxPath(agent, task.key(), task.container());
    }
}
