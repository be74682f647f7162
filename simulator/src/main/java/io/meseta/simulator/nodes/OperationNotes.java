package io.meseta.simulator.nodes;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.operation.OperationQuestion;
import io.meseta.master.core.operation.OperationStatus;
import io.meseta.model.OperationId;
import io.meseta.model.OperationState;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a framework notes of its operations: those whose end it waits for. A crash can't reach it.
final class OperationNotes {

    private final World world;
    private final SchedulerLink link;
    private final SortedSet<OperationId> awaited = new TreeSet<>();
    private long wishes;

    OperationNotes(World world, SchedulerLink link) {
        this.world = world;
        this.link = link;
    }

    boolean isEmpty() {
        return awaited.isEmpty();
    }

    /// It is another framework now.
    void clear() {
        awaited.clear();
    }

    /// Something that it wants done with what it was offered.
    Optional<Operation.Convert> wish(Offer offer) {
        var name = new OperationId("o" + ++wishes);
        boolean isAwaited = !world.chance().oneIn(4);
        var wish = Wishes.drawn(world.chance(), Optional.of(name).filter(_ -> isAwaited), offer);
        if (wish.isPresent() && isAwaited) awaited.add(name);
        return wish;
    }

    /// Asks for all that it has not seen end.
    void reconcile() {
        if (awaited.isEmpty()) return;
        var questions =
                awaited.stream()
                        .map(each -> new OperationQuestion(each, Optional.empty()))
                        .toList();
        link.call(caller -> new Command.ReconcileOperations(caller, questions), () -> {});
    }

    /// An answer that nobody knows an operation ends it only when no ACCEPT is under way.
    void updated(OperationStatus status) {
        if (status.uuid().isPresent()) {
            if (world.mishap(20)) return;
            awaited.remove(status.operation());
            acknowledge(status);
            return;
        }
        boolean isUnknown =
                status.state() == OperationState.OPERATION_UNKNOWN && !world.weather().isStormy();
        if (isUnknown || status.state() == OperationState.OPERATION_ERROR)
            awaited.remove(status.operation());
    }

    private void acknowledge(OperationStatus status) {
        var uuid = status.uuid().orElseThrow();
        link.call(
                caller ->
                        new Command.AcknowledgeOperation(
                                caller, status.agent(), status.operation(), uuid),
                () -> {});
    }
}
