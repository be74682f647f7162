package io.meseta.simulator.ledger;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.OfferEvent;
import io.meseta.master.core.task.Preemption;
import io.meseta.master.core.task.Preemption.Cause;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.engine.Committed;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;

/// Whether tasks end for those alone who come first, and what becomes free goes to them.
final class Precedence {

    private Precedence() {}

    static void check(Committed batch) {
        for (var event : batch.events()) {
            if (event instanceof Event.OfTask(TaskEvent.KillWanted(var key, var kill, _)))
                kill.preemption().ifPresent(why -> check(key, why, batch));
            if (event instanceof Event.OfTask(TaskEvent.StatusReceived(var key, var status, _, _)))
                check(key, status, batch);
            if (event instanceof Event.OfOffer(OfferEvent.OfferMade(var offer)))
                check(offer, batch);
        }
    }

    private static void check(TaskKey key, Preemption why, Committed batch) {
        int order = why.own().compareTo(why.priority());
        unless(
                order < 0 || (order == 0 && why.cause() == Cause.GUARANTEE),
                key + " ends, and does not come second: " + why);
        // Somebody may have said otherwise in the same batch, before or after.
        unless(
                batch.before().roles().sharing(why.role()).preempts()
                        || batch.after().roles().sharing(why.role()).preempts(),
                key + " ends for a role for which nobody has to: " + why);
        unless(
                why.cause() == Cause.GUARANTEE
                        || why.framework().flatMap(batch.after()::framework).isPresent()
                        || why.framework().flatMap(batch.before()::framework).isPresent(),
                key + " ends for a framework that is not there: " + why);
    }

    /// Whoever is told that its task was killed is told why.
    private static void check(TaskKey key, Status status, Committed batch) {
        if (status.state() != TaskState.TASK_KILLED) return;
        batch.before()
                .tasks()
                .find(key)
                .flatMap(task -> task.preemption())
                .ifPresent(why ->
                        unless(
                                status.origin()
                                        .reason()
                                        .filter(StatusReason.REASON_CONTAINER_PREEMPTED::equals)
                                        .isPresent(),
                                key + " ended for " + why + ", and nobody is told so"));
    }

    private static void check(Offer offer, Committed batch) {
        batch.after()
                .offers()
                .keeps()
                .on(offer.agent())
                .ifPresent(keep ->
                        unless(
                                keep.framework().equals(offer.framework())
                                        && keep.role().equals(offer.grant().role()),
                                offer + " was made of what is kept: " + keep));
    }
}
