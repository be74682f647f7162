package io.meseta.master.links;

import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.agent.Reach;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.framework.FrameworkEvent;
import io.meseta.master.core.offer.OfferEvent;
import io.meseta.master.core.operation.OperationEvent;
import io.meseta.master.core.operation.OperationKey;
import io.meseta.master.core.operation.OrderedOperation;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.engine.Committed;
import io.meseta.model.TaskState;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// How often what has happened since this process started, by the names of Mesos' figures.
///
/// The names come from enumerations: there are only so many.
public final class Happenings {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    Happenings() {
        for (var name :
                new String[] {
                    "allocator/mesos/allocation_runs",
                    "master/recovery_slave_removals",
                    "master/messages_register_framework",
                    "master/messages_reregister_framework",
                    "master/messages_register_slave",
                    "master/messages_reregister_slave",
                    "master/messages_operation_status_update",
                    "master/valid_status_updates",
                    "master/invalid_status_updates",
                    "master/valid_status_update_acknowledgements",
                    "master/valid_operation_status_updates",
                    "master/invalid_operation_status_updates",
                    "master/valid_operation_status_update_acknowledgements"
                }) counts.put(name, new LongAdder());
    }

    /// All counts by their names.
    public SortedMap<String, Long> all() {
        var all = new TreeMap<String, Long>();
        counts.forEach((name, count) -> all.put(name, count.sum()));
        return all;
    }

    /// Whatever is not named here, Mesos does not count.
    void count(Committed batch) {
        for (var event : batch.events()) {
            if (event instanceof Event.OfAgent(var each)) count(each, batch.before());
            if (event instanceof Event.OfFramework(var each)) count(each);
            if (event instanceof Event.OfTask(var each)) count(each);
            if (event instanceof Event.OfOperation(var each)) count(each, batch);
            if (event instanceof Event.OfOffer(var each)) count(each);
        }
    }

    private void add(String... names) {
        for (var name : names) counts.computeIfAbsent(name, _ -> new LongAdder()).increment();
    }

    private void count(AgentEvent event, Cluster before) {
        if (event instanceof AgentEvent.AgentAdmitted) add("master/messages_register_slave");
        if (event instanceof AgentEvent.AgentReturned) add("master/messages_reregister_slave");
        if (event instanceof AgentEvent.AgentLost lost) {
            // It has not come back since this master began to lead.
            var reign = before.reign().since();
            before.agent(lost.agent())
                    .filter(agent ->
                            agent.reach() instanceof Reach.Unlinked(var since, _)
                                    && since.equals(reign))
                    .ifPresent(_ -> add("master/recovery_slave_removals"));
        }
    }

    private void count(FrameworkEvent event) {
        if (event instanceof FrameworkEvent.FrameworkRegistered)
            add("master/messages_register_framework");
        if (event instanceof FrameworkEvent.FrameworkResubscribed)
            add("master/messages_reregister_framework");
    }

    private void count(OfferEvent event) {
        if (event instanceof OfferEvent.AllocationSettled) add("allocator/mesos/allocation_runs");
    }

    private void count(TaskEvent event) {
        if (event instanceof TaskEvent.StatusReceived(_, var status, _, _)) {
            add("master/valid_status_updates");
            ended(status);
        }
        if (event instanceof TaskEvent.StatusDeclared(_, var status)) ended(status);
        // A launch that was refused ends a task which never was.
        if (event instanceof TaskEvent.StatusAnswered(_, _, var status)
                && (status.state() == TaskState.TASK_ERROR
                        || status.state() == TaskState.TASK_DROPPED)) ended(status);
        if (event instanceof TaskEvent.StrayReported) add("master/invalid_status_updates");
        if (event instanceof TaskEvent.StatusAcknowledged
                || event instanceof TaskEvent.EndAcknowledged)
            add("master/valid_status_update_acknowledgements");
    }

    private void ended(Status status) {
        if (!status.isTerminal()) return;
        var state = status.state().name().toLowerCase(Locale.ROOT);
        var origin = status.origin();
        var reason = origin.reason().map(each -> "/" + old(each)).orElse("");
        var source = old(origin.source());
        add("master/" + state + "/source_" + source + reason);
    }

    /// Mesos' figures have kept the older word for an agent.
    private static String old(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace("agent", "slave");
    }

    private void count(OperationEvent event, Committed batch) {
        if (event instanceof OperationEvent.OperationOrdered(_, var spec, _, _)) {
            var type = spec.type().name().toLowerCase(Locale.ROOT);
            add("master/operations/total", "master/operations/" + type + "/total");
        }
        if (event instanceof OperationEvent.OperationEnded(var key, var state, _, _)) {
            add("master/messages_operation_status_update", "master/valid_operation_status_updates");
            var name = state.name().substring("OPERATION_".length()).toLowerCase(Locale.ROOT);
            add("master/operations/" + name);
            type(key, batch).forEach(type -> add("master/operations/" + type + "/" + name));
        }
        if (event instanceof OperationEvent.StrayEnded)
            add(
                    "master/messages_operation_status_update",
                    "master/invalid_operation_status_updates");
        if (event instanceof OperationEvent.OperationAcknowledged)
            add("master/valid_operation_status_update_acknowledgements");
    }

    private static Stream<String> type(OperationKey key, Committed batch) {
        return Stream.of(batch.before(), batch.after())
                .map(cluster -> cluster.operations().find(key))
                .flatMap(Optional::stream)
                .limit(1)
                .map(OrderedOperation::spec)
                .map(spec -> spec.type().name().toLowerCase(Locale.ROOT));
    }
}
