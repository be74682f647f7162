package io.meseta.master.links;

import io.meseta.master.core.cluster.Event.OfFramework;
import io.meseta.master.core.cluster.Event.OfOffer;
import io.meseta.master.core.cluster.Event.OfTask;
import io.meseta.master.core.framework.FrameworkEvent.FrameworkConnected;
import io.meseta.master.core.framework.FrameworkEvent.FrameworkRemoved;
import io.meseta.master.core.offer.OfferEvent;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.engine.Committed;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskState;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What each framework has said, heard and been given since this process met it. Once it is gone
/// nothing is kept of it.
public final class FrameworkCounts implements Witness {

    /// What becomes of offers.
    public enum OfferFate {
        SENT,
        ACCEPTED,
        DECLINED,
        RESCINDED
    }

    /// The counts of one framework. The keys are of Mesos' enumerations, so there are only so many.
    public static final class Counts {

        private final Map<Enum<?>, LongAdder> all = new ConcurrentHashMap<>();

        private void add(Enum<?> what, long number) {
            all.computeIfAbsent(what, _ -> new LongAdder()).add(number);
        }

        public long of(Enum<?> what) {
            var count = all.get(what);
            return count == null ? 0 : count.sum();
        }
    }

    private final Map<FrameworkId, Counts> byFramework = new ConcurrentHashMap<>();

    FrameworkCounts() {}

    /// @param what a call, an event, an operation, an end of a task, or the fate of an offer
    public void count(FrameworkId framework, Enum<?> what) {
        count(framework, what, 1);
    }

    public void count(FrameworkId framework, Enum<?> what, long number) {
        byFramework.computeIfAbsent(framework, _ -> new Counts()).add(what, number);
    }

    public Optional<Counts> of(FrameworkId framework) {
        return Optional.ofNullable(byFramework.get(framework));
    }

    /// Forgets all others.
    public void keep(Collection<FrameworkId> frameworks) {
        byFramework.keySet().retainAll(frameworks);
    }

    @Override
    public void saw(Committed committed) {
        for (var event : committed.events()) {
            if (event instanceof OfOffer(var each)) count(each);
            if (event instanceof OfTask(var each)) count(each, committed);
            if (event instanceof OfFramework(FrameworkConnected(var id, _, _, _)))
                count(id, Call.Type.SUBSCRIBE);
            if (event instanceof OfFramework(FrameworkRemoved(var id, _))) byFramework.remove(id);
        }
    }

    private void count(OfferEvent event) {
        if (event instanceof OfferEvent.OfferMade(var offer))
            count(offer.framework(), OfferFate.SENT);
        if (event instanceof OfferEvent.OfferEnded(var offer, var ending)
                && ending == OfferEvent.Ending.RESCINDED)
            count(offer.framework(), OfferFate.RESCINDED);
    }

    /// Ends count in the words that the framework hears.
    private void count(TaskEvent event, Committed committed) {
        var status =
                switch (event) {
                    case TaskEvent.StatusReceived(_, var received, _, _) -> Optional.of(received);
                    case TaskEvent.StatusDeclared(_, var declared) -> Optional.of(declared);
                    // A launch that was refused ends a task which never was.
                    case TaskEvent.StatusAnswered(_, _, var answered) ->
                            Optional.of(answered).filter(FrameworkCounts::isRefusal);
                    case TaskEvent.TaskLaunched _,
                            TaskEvent.StatusRepeated _,
                            TaskEvent.StatusAcknowledged _,
                            TaskEvent.EndAcknowledged _,
                            TaskEvent.KillWanted _,
                            TaskEvent.StrayReported _ ->
                            Optional.<Status>empty();
                };
        if (status.isEmpty()) return;
        committed
                .before()
                .framework(event.task().framework())
                .filter(_ -> status.get().isTerminal())
                .ifPresent(
                        framework -> count(framework.id(), framework.sees(status.get().state())));
    }

    private static boolean isRefusal(Status status) {
        return status.state() == TaskState.TASK_ERROR || status.state() == TaskState.TASK_DROPPED;
    }
}
