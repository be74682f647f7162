package io.meseta.agent.core.machine;

import io.meseta.agent.core.order.Order;
import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.update.Cause;
import io.meseta.agent.core.update.StatusUpdate;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.MasterId;
import io.meseta.model.Opaque;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/// Something that reaches the agent: from the master, from its own machine, or with time.
public sealed interface Command {

    /// A master has admitted this agent, and listens from now on.
    record Welcome(AgentId agent, MasterId master, long epoch) implements Command {}

    record TakeOrder(long epoch, long number, Order order) implements Command {}

    /// The framework has received the update `uuid`.
    record Acknowledge(TaskKey key, UUID uuid) implements Command {}

    /// What has been seen of a task.
    sealed interface Note extends Command {
        TaskKey key();
    }

    /// What has been seen of one run of a task: void if another one of the same id has taken its
    /// place by now.
    record OfRun(UUID container, Note note) implements Command {}

    /// The task's sandbox is ready.
    record NotePrepared(TaskKey key) implements Note {}

    /// The task's launch takes time; this is how far it is.
    record NoteProgress(TaskKey key, String message) implements Note {}

    /// The task's process has been seen.
    record NoteStarted(TaskKey key) implements Note {}

    /// The task can't be launched.
    record NoteFailure(TaskKey key, Cause cause) implements Note {}

    /// Nothing of the task runs any more.
    record NoteExit(TaskKey key, Exit exit) implements Note {}

    /// The master has heard how the operation ended that it ordered by this number.
    record OutcomeHeard(long order) implements Command {}

    /// On disk, volumes are as they must be after the operations up to this order.
    record NoteVolumes(long order) implements Command {}

    /// Time has passed.
    record Tick() implements Command {}

    /// Forget the agent's id, end every task, and join anew.
    record StartOver() implements Command {}

    /// What the master says of a drain; empty if there is none. It takes the place of what was said
    /// before.
    record HearOfDrain(Optional<Drain> drain) implements Command {}

    /// End every task, and join again when the master lets it.
    record EndTasks() implements Command {}

    /// End every task and never join again.
    record StayAway(String reason) implements Command {}

    /// Something that concerns an executor.
    sealed interface ForExecutor extends Command {
        ExecutorKey executor();
    }

    /// An executor listens on this connection from now on.
    ///
    /// @param held the tasks that it has and of which it has heard no receipt
    /// @param updates what it has said and heard no receipt of
    record Attend(ExecutorKey executor, UUID connection, SortedSet<TaskId> held, List<Word> updates)
            implements ForExecutor {
        public Attend {
            held = Collections.unmodifiableSortedSet(new TreeSet<>(held));
            updates = List.copyOf(updates);
        }
    }

    /// What an executor says of one of its tasks.
    record Word(TaskId task, StatusUpdate update) {}

    record TakeWord(ExecutorKey executor, Word word) implements ForExecutor {}

    /// What an executor says to its framework.
    record PassOn(ExecutorKey executor, Opaque data) implements ForExecutor {}

    /// The connection on which an executor listened is closed.
    record Leave(ExecutorKey executor, UUID connection) implements ForExecutor {}

    /// What has been seen of one run of an executor: void if another one has taken its place.
    sealed interface RunNote extends ForExecutor {
        UUID container();
    }

    record ExecutorPrepared(ExecutorKey executor, UUID container) implements RunNote {}

    record ExecutorStarted(ExecutorKey executor, UUID container) implements RunNote {}

    /// It can't be launched.
    record ExecutorFailed(ExecutorKey executor, UUID container, Cause cause) implements RunNote {}

    record ExecutorExited(ExecutorKey executor, UUID container, Exit exit) implements RunNote {}

    /// The agent has just come up: executors that were there before have so long to come back.
    record AwaitExecutors(Duration within) implements Command {}
}
