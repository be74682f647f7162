package io.meseta.agent.steps;

import io.meseta.agent.fetch.Fetcher;
import io.meseta.agent.launch.Account;
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
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// The two things that take time before a task runs: its sandbox with its files, and its start.
public final class TaskWork {

    private final Sandboxes sandboxes;
    private final VolumeLinks volumes;
    private final Fetcher fetcher;
    private final Supervisors supervisors;
    private final TaskUsers users;
    private final Supplier<String> endpoint;
    private final ExecutorPatience patience;

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
            boolean isSwitching,
            ExecutorPatience patience) {
        this.sandboxes = sandboxes;
        this.volumes = volumes;
        this.fetcher = fetcher;
        this.supervisors = supervisors;
        this.users = new TaskUsers(new Accounts(), isSwitching);
        this.patience = patience;
        this.endpoint = endpoint;
    }

    /// Makes the sandbox and fetches into it.
    void prepare(Piece piece, AgentId agent) throws InterruptedException {
        switch (piece) {
            case Piece.TaskPiece(var task) -> {
                var command = CommandTask.of(task.spec());
                var path = SandboxPath.of(agent, task);
                var account = users.accountOf(command.user());
                if (path.isNested()) sandboxes.ensure(path.outer(), account);
                prepare(command, path, account);
                if (path.isNested()) sandboxes.name(path, task.key().task());
            }
            case Piece.ExecutorPiece(var executor) -> {
                var command = CommandTask.of(executor.spec());
                var account = users.accountOf(command.user());
                prepare(command, SandboxPath.of(agent, executor), account);
            }
        }
    }

    private void prepare(CommandTask command, SandboxPath path, Optional<Account> account)
            throws InterruptedException {
        var sandbox = sandboxes.create(path, account);
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
    RunState start(Piece piece, AgentId agent) throws InterruptedException {
        return switch (piece) {
            case Piece.TaskPiece(var task) -> {
                var command = CommandTask.of(task.spec());
                var account = users.accountOf(command.user());
                var sandbox = sandboxes.locate(SandboxPath.of(agent, task));
                var basics =
                        new TaskEnvironment.Basics(
                                agent, endpoint.get(), sandbox, account.orElseGet(users::own));
                yield start(piece, command, basics, TaskEnvironment.of(task, command, basics));
            }
            case Piece.ExecutorPiece(var executor) -> {
                var command = CommandTask.of(executor.spec());
                var account = users.accountOf(command.user());
                var sandbox = sandboxes.locate(SandboxPath.of(agent, executor));
                var basics =
                        new TaskEnvironment.Basics(
                                agent, endpoint.get(), sandbox, account.orElseGet(users::own));
                yield start(
                        piece,
                        command,
                        basics,
                        TaskEnvironment.of(executor, command, basics, patience));
            }
        };
    }

    private RunState start(
            Piece piece,
            CommandTask command,
            TaskEnvironment.Basics basics,
            SequencedMap<String, String> environment)
            throws InterruptedException {
        return supervisors.start(
                piece.container(),
                new LaunchPlan(
                        command.argv(),
                        environment,
                        basics.sandbox(),
                        users.accountOf(command.user()).stream().toList()));
    }
}
