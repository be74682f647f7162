package io.meseta.agent.core.executor;

import io.meseta.agent.core.executor.ExecutorSpec.Kind;
import io.meseta.agent.core.step.Desired;
import io.meseta.agent.core.task.Ending;
import io.meseta.agent.core.task.KillMotive;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.core.task.TaskPhase;
import io.meseta.model.ExecutorKey;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// An executor that this machine holds: not yet ended, or ended with tasks of which something is
/// still to be heard.
///
/// @param order the number of the order that brought its first task
/// @param container names its run and its sandbox; new for each start
/// @param isRegistered whether it has ever said a word
/// @param fate how its tasks end with it; empty for the way in which they end with any executor
public record AgentExecutor(
        ExecutorSpec spec,
        long order,
        UUID container,
        TaskPhase phase,
        boolean isRegistered,
        Attendance attendance,
        Optional<Ending> fate) {

    /// The first event of an executor's life. The built-in one is there as soon as it is wanted.
    public static AgentExecutor from(ExecutorEvent.Ordered event) {
        boolean isBuiltIn = event.spec().kind() == Kind.BUILT_IN;
        return new AgentExecutor(
                event.spec(),
                event.order(),
                event.container(),
                isBuiltIn ? new TaskPhase.Running(Instant.MAX) : new TaskPhase.Ordered(),
                isBuiltIn,
                new Attendance.Absent(Instant.MAX),
                Optional.empty());
    }

    public ExecutorKey key() {
        return spec.key();
    }

    public Stage stage() {
        return phase.stage();
    }

    public boolean isBuiltIn() {
        return spec.kind() == Kind.BUILT_IN;
    }

    /// Whether it listens, and is to go on.
    public boolean isServing() {
        return attendance instanceof Attendance.Present && stage() == Stage.RUNNING;
    }

    public Optional<UUID> connection() {
        return attendance instanceof Attendance.Present(var connection)
                ? Optional.of(connection)
                : Optional.empty();
    }

    /// What should be true of its process now. It is told to end in words; signals come after that.
    public Desired desired() {
        if (isBuiltIn()) return Desired.ABSENT;
        return switch (phase) {
            case TaskPhase.Ordered() -> Desired.PREPARED;
            case TaskPhase.Launching() -> Desired.STARTED;
            case TaskPhase.Running _ -> Desired.KEPT;
            case TaskPhase.Killing(_, _, var isForced) ->
                    isForced ? Desired.DESTROYED : Desired.KEPT;
            case TaskPhase.Ended() -> Desired.ABSENT;
        };
    }

    /// When time alone next changes something; [Instant#MAX] for never.
    public Instant deadline() {
        return switch (phase) {
            case TaskPhase.Killing(_, var forceAt, var isForced) ->
                    isForced ? Instant.MAX : forceAt;
            case TaskPhase.Ended() -> Instant.MAX;
            case TaskPhase.Ordered() -> patienceEnd();
            case TaskPhase.Launching() -> patienceEnd();
            case TaskPhase.Running _ -> patienceEnd();
        };
    }

    private Instant patienceEnd() {
        return attendance instanceof Attendance.Absent(var until) ? until : Instant.MAX;
    }

    /// The executor once `event` has happened. What makes and unmakes one, and what is only said,
    /// changes nothing here.
    public AgentExecutor after(ExecutorEvent event) {
        return switch (event) {
            case ExecutorEvent.Prepared() -> in(new TaskPhase.Launching());
            case ExecutorEvent.Started() -> in(new TaskPhase.Running(Instant.MAX));
            case ExecutorEvent.Registered() ->
                    new AgentExecutor(spec, order, container, phase, true, attendance, fate);
            case ExecutorEvent.Attended(var connection) ->
                    attending(new Attendance.Present(connection));
            case ExecutorEvent.Left() -> attending(new Attendance.Absent(Instant.MAX));
            case ExecutorEvent.Awaited(var until) -> attending(new Attendance.Absent(until));
            case ExecutorEvent.KillBegun(var why, var forceAt) ->
                    new AgentExecutor(
                            spec,
                            order,
                            container,
                            new TaskPhase.Killing(KillMotive.ASKED, forceAt, false),
                            isRegistered,
                            attendance,
                            why);
            case ExecutorEvent.KillForced() ->
                    phase instanceof TaskPhase.Killing(var motive, var forceAt, _)
                            ? in(new TaskPhase.Killing(motive, forceAt, true))
                            : this;
            case ExecutorEvent.Ended _ ->
                    in(new TaskPhase.Ended()).attending(new Attendance.Absent(Instant.MAX));
            case ExecutorEvent.Ordered _,
                    ExecutorEvent.Handed _,
                    ExecutorEvent.KillHanded _,
                    ExecutorEvent.UpdateRepeated _,
                    ExecutorEvent.Said _,
                    ExecutorEvent.EndTold _,
                    ExecutorEvent.Forgotten _ ->
                    this;
        };
    }

    private AgentExecutor in(TaskPhase next) {
        return new AgentExecutor(spec, order, container, next, isRegistered, attendance, fate);
    }

    private AgentExecutor attending(Attendance next) {
        return new AgentExecutor(spec, order, container, phase, isRegistered, next, fate);
    }
}
