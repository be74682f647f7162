package io.meseta.agent.core.machine;

import io.meseta.agent.core.executor.ExecutorEvent;
import io.meseta.agent.core.holding.Outcome;
import io.meseta.agent.core.task.TaskEvent;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.Opaque;
import io.meseta.model.TaskKey;
import io.meseta.model.conversion.Conversion;
import java.util.Optional;

/// Whatever can happen to the machine: the sum of what can happen in its rooms.
public sealed interface Event {

    /// Whether it must be on disk before anyone hears of it.
    default boolean isRecorded() {
        return true;
    }

    /// Whether a stop of the machine may not lose it. Such a stop ends all that runs, so what is
    /// only of runs may be lost with them: each is over, and its task is told to be.
    default boolean outlivesMachine() {
        return true;
    }

    record OfTask(TaskKey key, TaskEvent event) implements Event {
        @Override
        public boolean isRecorded() {
            return event.isRecorded();
        }

        @Override
        public boolean outlivesMachine() {
            return event.outlivesMachine();
        }
    }

    record OfExecutor(ExecutorKey key, ExecutorEvent event) implements Event {
        @Override
        public boolean isRecorded() {
            return event.isRecorded();
        }

        @Override
        public boolean outlivesMachine() {
            return event.outlivesMachine();
        }
    }

    /// An operation counts, and its end is promised: one fact, lest a crash part them. Whatever it
    /// does to volumes follows on disk.
    record ResourcesConverted(long order, Conversion conversion, Opaque about) implements Event {}

    /// The disk has followed the operations up to this order: they are done.
    record VolumesSettled(long order) implements Event {}

    /// There was nothing to do an operation with.
    record OperationDropped(Outcome outcome) implements Event {}

    /// The master has heard.
    record OutcomeHeard(long order) implements Event {}

    /// How an operation ended went out as report `number`. Forgotten in a restart: a hello tells of
    /// it again.
    record OutcomeSent(Outcome outcome, long number) implements Event {
        @Override
        public boolean isRecorded() {
            return false;
        }
    }

    record Admitted(AgentId agent) implements Event {}

    record EpochRaised(long epoch) implements Event {}

    record OrderTaken(long number) implements Event {}

    /// Report numbers up to `limit` may be used without recording each.
    record ReportsReserved(long limit) implements Event {}

    /// It is being drained, or not any more.
    record DrainHeard(Optional<Drain> drain) implements Event {}

    /// It leaves for a while. Forgotten in a restart, which ends the conversation, too.
    record LeftForAWhile() implements Event {
        @Override
        public boolean isRecorded() {
            return false;
        }
    }

    record StartedOver() implements Event {}

    record SentAway(String reason) implements Event {}
}
