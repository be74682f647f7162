package io.meseta.agent.steps;

import io.meseta.agent.containers.ContainerDemands;
import io.meseta.agent.containers.ContainerWork;
import io.meseta.agent.containers.Containment;
import io.meseta.agent.launch.Account;
import io.meseta.agent.launch.Accounts;
import io.meseta.agent.launch.LaunchPlan;
import io.meseta.agent.launch.RunState;
import io.meseta.agent.launch.Supervisors;
import io.meseta.agent.sandbox.SandboxPath;
import io.meseta.model.AgentId;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The two things that take time before a task runs: its sandbox with its files, and its start, as
/// a process or in a container.
public final class TaskWork {

    private final SandboxWork sandboxes;
    private final Supervisors supervisors;
    private final Containment containment;
    private final TaskUsers users;
    private final Supplier<String> endpoint;
    private final ExecutorPatience patience;

    /// Work on tasks that may switch users.
    ///
    /// @param endpoint the agent's `host:port`, known once its server runs
    /// @param isSwitching whether tasks run as the users they name
    public TaskWork(
            SandboxWork sandboxes,
            Supervisors supervisors,
            Containment containment,
            Supplier<String> endpoint,
            boolean isSwitching,
            ExecutorPatience patience) {
        this.sandboxes = sandboxes;
        this.supervisors = supervisors;
        this.containment = containment;
        this.users = new TaskUsers(new Accounts(), isSwitching);
        this.patience = patience;
        this.endpoint = endpoint;
    }

    private static CommandTask read(Piece piece) {
        return switch (piece) {
            case Piece.TaskPiece(var task) -> CommandTask.of(task.spec(), task.container());
            case Piece.ExecutorPiece(var executor) ->
                    CommandTask.of(executor.spec(), executor.container());
        };
    }

    private static SandboxPath path(Piece piece, AgentId agent) {
        return switch (piece) {
            case Piece.TaskPiece(var task) -> SandboxPath.of(agent, task);
            case Piece.ExecutorPiece(var executor) -> SandboxPath.of(agent, executor);
        };
    }

    /// Fetches its image, makes the sandbox and fetches into it.
    ///
    /// @param progress hears how far it is, in words for people
    void prepare(Piece piece, AgentId agent, Consumer<String> progress)
            throws InterruptedException {
        var command = read(piece);
        var path = path(piece, agent);
        var account = users.accountOf(command.user());
        boolean isContained = containment.isFor(command.contained());
        var owner =
                isContained
                        ? foreign(fetched(command, account.orElseGet(users::own), progress))
                        : account;
        sandboxes.make(command, path, new SandboxWork.Terms(owner, account, !isContained));
        if (piece instanceof Piece.TaskPiece(var task)) sandboxes.name(path, task.key().task());
    }

    /// Whose the sandbox is to be, on this machine.
    private Account fetched(CommandTask command, Account account, Consumer<String> progress) {
        var work = containment.able().work();
        var inside = work.fetch(command.contained(), account, progress);
        return work.outside(command.contained(), inside);
    }

    /// Empty for the agent's own user.
    private Optional<Account> foreign(Account account) {
        return account.uid() == users.own().uid() ? Optional.empty() : Optional.of(account);
    }

    /// Starts the command and returns how it stands.
    RunState start(Piece piece, AgentId agent) throws InterruptedException {
        var command = read(piece);
        var account = users.accountOf(command.user());
        return containment.isFor(command.contained())
                ? startContained(piece, agent, command, account.orElseGet(users::own))
                : startProcess(piece, agent, command, account);
    }

    private RunState startProcess(
            Piece piece, AgentId agent, CommandTask command, Optional<Account> account)
            throws InterruptedException {
        var sandbox = sandboxes.locate(path(piece, agent));
        var basics =
                new TaskEnvironment.Basics(
                        agent,
                        endpoint.get(),
                        sandbox,
                        account.orElseGet(users::own),
                        sandbox.toString(),
                        false);
        return supervisors.start(
                piece.container(),
                new LaunchPlan(
                        command.argv(),
                        environment(piece, command, basics),
                        sandbox,
                        account.stream().toList()));
    }

    private RunState startContained(
            Piece piece, AgentId agent, CommandTask command, Account account)
            throws InterruptedException {
        var able = containment.able();
        var task = command.contained();
        var path = path(piece, agent);
        var sandbox = sandboxes.locate(path);
        var owner = able.work().owner(task, account);
        var basics =
                new TaskEnvironment.Basics(
                        agent,
                        endpoint.get(),
                        sandbox,
                        owner,
                        ContainerWork.shown(task.info(), sandbox),
                        ContainerDemands.hasImage(task.info()));
        var ground =
                new ContainerWork.Ground(
                        sandbox,
                        sandboxes.locate(path.outer()),
                        sandboxes.show(command.volumes(), foreign(owner)));
        var environment = environment(piece, command, basics);
        try (var prepared = able.work().plan(task, ground, owner, environment)) {
            return able.containers()
                    .start(piece.container(), prepared.plan(), prepared.stopSignal());
        }
    }

    private SequencedMap<String, String> environment(
            Piece piece, CommandTask command, TaskEnvironment.Basics basics) {
        return switch (piece) {
            case Piece.TaskPiece(var task) -> TaskEnvironment.of(task, command, basics);
            case Piece.ExecutorPiece(var executor) ->
                    TaskEnvironment.of(executor, command, basics, patience);
        };
    }
}
