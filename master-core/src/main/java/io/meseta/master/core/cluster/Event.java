package io.meseta.master.core.cluster;

import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.executor.ExecutorEvent;
import io.meseta.master.core.framework.FrameworkEvent;
import io.meseta.master.core.offer.OfferEvent;
import io.meseta.master.core.operation.OperationEvent;
import io.meseta.master.core.role.RoleEvent;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.core.upkeep.Consequence;
import io.meseta.master.core.upkeep.UpkeepEvent;
import java.util.List;

/// Whatever can happen to the cluster: the sum of what can happen in its rooms.
///
/// A *recorded* event is in the journal before anyone hears of it; a *passing* one lives in the
/// leader's memory. Folding the recorded ones never needs a passing one.
public sealed interface Event {

    boolean isRecorded();

    static List<Event> ofOperations(List<OperationEvent> events) {
        return events.stream().<Event>map(OfOperation::new).toList();
    }

    record OfCluster(ClusterEvent event) implements Event {
        @Override
        public boolean isRecorded() {
            return true;
        }
    }

    record OfFramework(FrameworkEvent event) implements Event {
        @Override
        public boolean isRecorded() {
            return event.isRecorded();
        }
    }

    record OfAgent(AgentEvent event) implements Event {
        @Override
        public boolean isRecorded() {
            return event.isRecorded();
        }
    }

    record OfTask(TaskEvent event) implements Event {
        @Override
        public boolean isRecorded() {
            return event.isRecorded();
        }
    }

    record OfOperation(OperationEvent event) implements Event {
        @Override
        public boolean isRecorded() {
            return event.isRecorded();
        }
    }

    record OfExecutor(ExecutorEvent event) implements Event {
        @Override
        public boolean isRecorded() {
            return event.isRecorded();
        }
    }

    record OfRole(RoleEvent event) implements Event {
        @Override
        public boolean isRecorded() {
            return true;
        }
    }

    record OfUpkeep(UpkeepEvent event) implements Event {
        @Override
        public boolean isRecorded() {
            return event.isRecorded();
        }
    }

    /// What follows from the rules of upkeep, as events.
    static List<Event> ofUpkeep(List<Consequence> consequences) {
        return consequences.stream()
                .<Event>map(consequence ->
                        switch (consequence) {
                            case Consequence.ForUpkeep(var event) -> new OfUpkeep(event);
                            case Consequence.ForTask(var event) -> new OfTask(event);
                            case Consequence.ForOffer(var event) -> new OfOffer(event);
                            case Consequence.ForOperation(var event) -> new OfOperation(event);
                            case Consequence.ForExecutor(var event) -> new OfExecutor(event);
                        })
                .toList();
    }

    record OfOffer(OfferEvent event) implements Event {
        @Override
        public boolean isRecorded() {
            return false;
        }
    }
}
