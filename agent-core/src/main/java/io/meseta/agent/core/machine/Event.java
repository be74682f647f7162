package io.meseta.agent.core.machine;

import io.meseta.agent.core.task.TaskEvent;
import io.meseta.model.AgentId;
import io.meseta.model.TaskKey;

/// Whatever can happen to the machine: the sum of what can happen in its rooms.
public sealed interface Event {

    /// Whether it must be on disk before anyone hears of it.
    default boolean isRecorded() {
        return true;
    }

    record OfTask(TaskKey key, TaskEvent event) implements Event {
        @Override
        public boolean isRecorded() {
            return event.isRecorded();
        }
    }

    record Admitted(AgentId agent) implements Event {}

    record EpochRaised(long epoch) implements Event {}

    record OrderTaken(long number) implements Event {}

    /// Report numbers up to `limit` may be used without recording each.
    record ReportsReserved(long limit) implements Event {}

    record StartedOver() implements Event {}

    record SentAway(String reason) implements Event {}
}
