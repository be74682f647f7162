package io.meseta.master.core.upkeep;

import io.meseta.master.core.executor.ExecutorEvent;
import io.meseta.master.core.offer.OfferEvent;
import io.meseta.master.core.operation.OperationEvent;
import io.meseta.master.core.task.TaskEvent;

/// What follows from the rules of this room, for itself and for those that it knows.
public sealed interface Consequence {

    record ForUpkeep(UpkeepEvent event) implements Consequence {}

    record ForTask(TaskEvent event) implements Consequence {}

    record ForOffer(OfferEvent event) implements Consequence {}

    record ForOperation(OperationEvent event) implements Consequence {}

    record ForExecutor(ExecutorEvent event) implements Consequence {}
}
