package io.meseta.agent.core.task;

import static java.util.Comparator.naturalOrder;

import io.meseta.agent.core.step.Desired;
import io.meseta.agent.core.update.UpdateStream;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// A task that this machine holds: not yet ended, or ended and not yet fully acknowledged.
///
/// @param order the number of the order that brought it
/// @param container names its sandbox; new for each launch
/// @param latest its newest state, acknowledged or not
public record AgentTask(
        TaskSpec spec,
        long order,
        UUID container,
        TaskPhase phase,
        TaskState latest,
        UpdateStream updates,
        Interest interest) {

    static AgentTask ordered(TaskSpec spec, long order, UUID container) {
        return new AgentTask(
                spec,
                order,
                container,
                new TaskPhase.Ordered(),
                TaskState.TASK_STAGING,
                UpdateStream.empty(),
                new Interest.Wanted());
    }

    public TaskKey key() {
        return spec.key();
    }

    public Stage stage() {
        return phase.stage();
    }

    /// Whether nobody will acknowledge its updates.
    public boolean isAbandoned() {
        return !(interest instanceof Interest.Wanted);
    }

    /// The task that follows it under the same id.
    public Optional<Interest.Succeeded> successor() {
        return interest instanceof Interest.Succeeded successor
                ? Optional.of(successor)
                : Optional.empty();
    }

    /// Whether the order of that number brought it, or what follows it.
    public boolean isOf(long number) {
        return order == number || successor().filter(next -> next.order() == number).isPresent();
    }

    /// Whether somebody still waits for word of it, or of what follows it.
    public boolean isAwaited() {
        return !(interest instanceof Interest.Abandoned);
    }

    /// What a new listener means for it. One that has ended, with nothing left to say, was to be
    /// forgotten when a crash came between the two lines that say so.
    public TaskEvent forListener() {
        boolean isOver = stage() == Stage.ENDED && updates.isEmpty();
        return isOver ? new TaskEvent.Forgotten() : new TaskEvent.DueAgain();
    }

    /// What should be true of its processes now.
    public Desired desired() {
        return switch (phase) {
            case TaskPhase.Ordered() -> Desired.PREPARED;
            case TaskPhase.Launching() -> Desired.STARTED;
            case TaskPhase.Running _ -> Desired.KEPT;
            case TaskPhase.Killing(_, _, var isForced) ->
                    isForced ? Desired.DESTROYED : Desired.TERMINATED;
            case TaskPhase.Ended() -> Desired.ABSENT;
        };
    }

    /// When time alone next changes something; [Instant#MAX] for never.
    public Instant deadline() {
        var ofPhase =
                switch (phase) {
                    case TaskPhase.Running(var completeBy) -> completeBy;
                    case TaskPhase.Killing(_, var forceAt, var isForced) ->
                            isForced ? Instant.MAX : forceAt;
                    case TaskPhase.Ordered() -> Instant.MAX;
                    case TaskPhase.Launching() -> Instant.MAX;
                    case TaskPhase.Ended() -> Instant.MAX;
                };
        var ofUpdates = updates.isEmpty() ? Instant.MAX : updates.resendAt();
        return Stream.of(ofPhase, ofUpdates).min(naturalOrder()).orElseThrow();
    }

    /// The task once `event` has happened. [TaskEvent.Ordered] and [TaskEvent.Forgotten] make and
    /// unmake a task, so they change nothing here.
    public AgentTask after(TaskEvent event) {
        return switch (event) {
            case TaskEvent.Ordered _ -> this;
            case TaskEvent.Forgotten() -> this;
            case TaskEvent.Prepared(var update) ->
                    in(new TaskPhase.Launching(), update.state(), updates.with(update));
            case TaskEvent.Started(var update, var completeBy) ->
                    in(new TaskPhase.Running(completeBy), update.state(), updates.with(update));
            case TaskEvent.KillBegun(var motive, var forceAt) ->
                    in(new TaskPhase.Killing(motive, forceAt, false), latest, updates);
            case TaskEvent.KillHastened(var forceAt) -> in(hastened(forceAt), latest, updates);
            case TaskEvent.KillForced() -> in(forced(), latest, updates);
            case TaskEvent.Told(var update) -> in(phase, update.state(), updates.with(update));
            case TaskEvent.Ended(var update) ->
                    in(new TaskPhase.Ended(), update.state(), updates.with(update));
            case TaskEvent.Abandoned() -> unheard(new Interest.Abandoned());
            case TaskEvent.Succeeded(var next) -> unheard(next);
            case TaskEvent.Acknowledged _ -> in(phase, latest, updates.acknowledged());
            case TaskEvent.Sent(_, _, var at) -> in(phase, latest, updates.sent(at));
            case TaskEvent.DueAgain() -> in(phase, latest, updates.afresh());
        };
    }

    private TaskPhase hastened(Instant forceAt) {
        return phase instanceof TaskPhase.Killing(var motive, _, var isForced)
                ? new TaskPhase.Killing(motive, forceAt, isForced)
                : phase;
    }

    private TaskPhase forced() {
        return phase instanceof TaskPhase.Killing(var motive, var forceAt, _)
                ? new TaskPhase.Killing(motive, forceAt, true)
                : phase;
    }

    private AgentTask unheard(Interest next) {
        return new AgentTask(spec, order, container, phase, latest, UpdateStream.empty(), next);
    }

    private AgentTask in(TaskPhase next, TaskState state, UpdateStream stream) {
        return new AgentTask(spec, order, container, next, state, stream, interest);
    }

    /// The first event of a task's life.
    public static AgentTask from(TaskEvent.Ordered event) {
        return ordered(event.spec(), event.order(), event.container());
    }
}
