package io.meseta.master.core.cluster;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.agent.AgentEvent.AgentAdmitted;
import io.meseta.master.core.agent.AgentEvent.AgentLinked;
import io.meseta.master.core.agent.AgentEvent.AgentReturned;
import io.meseta.master.core.agent.AgentEvent.Instruction;
import io.meseta.master.core.agent.AgentEvent.OrderGiven;
import io.meseta.master.core.cluster.Command.Greet;
import io.meseta.master.core.cluster.Command.HeldTask;
import io.meseta.master.core.cluster.Event.OfAgent;
import io.meseta.master.core.cluster.Event.OfTask;
import io.meseta.master.core.operation.Feedback;
import io.meseta.master.core.operation.OrderedOperation;
import io.meseta.master.core.operation.Outcome;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.task.TaskEvent.StatusDeclared;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Agents that join, and come back.
///
/// The agent is right about what exists, the journal about what is wanted: what the agent has and
/// nobody wants is ended, and what it has seen and no longer has is gone.
final class Greetings {

    private final Cluster cluster;
    private final Greet greet;
    private final Moment moment;
    private final List<Event> events = new ArrayList<>();

    private Greetings(Cluster cluster, Greet greet, Moment moment) {
        this.cluster = cluster;
        this.greet = greet;
        this.moment = moment;
    }

    static List<Event> decide(Cluster cluster, Greet greet, Moment moment) {
        return new Greetings(cluster, greet, moment).decide();
    }

    /// Why an agent can't be what it says it is, while what runs on it uses a shared volume in
    /// another size: copies of two sizes can't be counted together, so nobody could say any more
    /// what is left.
    static Optional<Refusal> resized(Cluster cluster, Greet greet) {
        if (greet.id().isEmpty()) return Optional.empty();
        var said =
                having(cluster, greet.id().get(), greet).stream()
                        .filter(each -> each.kind().shared())
                        .toList();
        var used = cluster.tasks().heldOn(greet.id().get()).flatMap(Resources::stream).toList();
        for (var volume : said)
            for (var each : used)
                if (volume.kind().equals(each.kind()) && !volume.amount().equals(each.amount()))
                    return Optional.of(
                            new Refusal.VolumeResized(
                                    greet.id().get(), volume.toString(), each.toString()));
        return Optional.empty();
    }

    private List<Event> decide() {
        // An id that this master has never given is taken over: the journal may have been restored
        // from a backup that is older than the agent.
        var id = greet.id().orElseGet(cluster::nextAgent);
        var known = cluster.agent(id);
        long seen = greet.recollection().orderSeen();
        if (known.isPresent()) {
            events.addAll(Withdrawal.rescind(cluster.offers().on(id)));
            var profile = greet.profile().having(having(cluster, id, greet));
            record(new AgentReturned(id, profile, seen, moment.at()));
        } else {
            record(new AgentAdmitted(id, greet.profile(), seen, moment.at()));
        }
        var held = held(id);
        settle(id, held);
        events.addAll(Employment.settled(cluster, id, greet, moment));
        // Linked first: an order to an agent that nobody can speak to goes nowhere.
        record(new AgentLinked(id, greet.link(), seen, moment.at()));
        events.addAll(
                Event.ofOperations(
                        Feedback.settled(
                                cluster.operations(), id, seen, greet.outcomes(), moment.at())));
        endStrays(id, Math.max(seen, known.map(Agent::lastOrder).orElse(0L)), held);
        return events;
    }

    /// What the agent will have once it has done what is on its way to it. It is right about what
    /// it has: an operation that finds nothing there to work on will fail, and the agent will say
    /// so.
    private static Resources having(Cluster cluster, AgentId id, Greet greet) {
        var known = cluster.agent(id);
        long seen = greet.recollection().orderSeen();
        // A hello that was under way for long tells of what was there before.
        if (known.isPresent() && seen < known.get().operated())
            return known.get().profile().resources();
        var resources = greet.profile().resources();
        var done = greet.outcomes().stream().map(Outcome::order).toList();
        var onTheirWay =
                cluster.operations()
                        .on(id)
                        .filter(OrderedOperation::isPending)
                        .filter(each -> each.key().order() > seen)
                        // Done before a crash in which only the order's number was lost.
                        .filter(each -> !done.contains(each.key().order()))
                        .toList();
        for (var operation : onTheirWay)
            resources = operation.spec().conversion().of(resources).orElse(resources);
        return resources;
    }

    /// What the agent has of what is wanted of it. An id alone says little: the framework may have
    /// used it again since.
    private Map<TaskKey, TaskState> held(AgentId id) {
        var held = new TreeMap<TaskKey, TaskState>();
        for (HeldTask task : greet.held())
            if (wanted(id, task.task()).filter(each -> each.isLaunchedBy(task.order())).isPresent())
                held.put(task.task(), task.state());
        return held;
    }

    private Optional<Task> wanted(AgentId id, TaskKey key) {
        return cluster.tasks().find(key).filter(task -> task.agent().equals(id));
    }

    private void settle(AgentId id, Map<TaskKey, TaskState> held) {
        cluster.tasks()
                .on(id)
                .filter(task -> !task.state().isTerminal())
                .forEach(task -> {
                    var state = held.get(task.key());
                    if (state == null) missing(task);
                    else if (task.state() == TaskState.TASK_UNREACHABLE) found(task, state);
                });
    }

    /// A launch that the agent has never seen is on its way again; any other task is gone.
    private void missing(Task task) {
        if (isOnItsWay(task)) return;
        declare(
                task,
                TaskState.TASK_GONE,
                StatusReason.REASON_RECONCILIATION,
                "Reconciliation: Task is unknown to the agent");
    }

    /// An end is told by the agent itself, which must hear the receipt for it.
    private void found(Task task, TaskState state) {
        if (state.isTerminal()) return;
        declare(
                task,
                state,
                StatusReason.REASON_AGENT_REREGISTERED,
                "Agent re-registered; task is reachable again");
    }

    private boolean isOnItsWay(Task task) {
        return task.placement().order() > greet.recollection().orderSeen();
    }

    private void endStrays(AgentId id, long lastOrder, Map<TaskKey, TaskState> held) {
        var order = lastOrder;
        var running = new TreeSet<TaskKey>();
        var gone = new TreeSet<FrameworkId>();
        for (HeldTask task : greet.held()) {
            var key = task.task();
            // What is wanted is there, or will come and make its place by itself.
            if (held.containsKey(key) || wanted(id, key).filter(this::isOnItsWay).isPresent())
                continue;
            if (cluster.framework(key.framework()).isEmpty()) gone.add(key.framework());
            else if (!task.state().isTerminal()) running.add(key);
        }
        for (var stray : Employment.strays(cluster, id, greet)) {
            var key = stray.executor();
            if (cluster.framework(key.framework()).isEmpty()) gone.add(key.framework());
            else order = give(id, order, new Instruction.ShutdownExecutor(key));
        }
        for (var key : running) order = give(id, order, new Instruction.KillStray(key));
        for (var framework : gone)
            order = give(id, order, new Instruction.ShutdownFramework(framework));
    }

    private long give(AgentId id, long lastOrder, Instruction instruction) {
        record(new OrderGiven(id, lastOrder + 1, instruction, moment.at()));
        return lastOrder + 1;
    }

    private void declare(Task task, TaskState state, StatusReason reason, String message) {
        var status = Status.byMaster(state, reason, message, moment.at());
        events.add(new OfTask(new StatusDeclared(task.key(), status)));
    }

    private void record(AgentEvent event) {
        events.add(new OfAgent(event));
    }
}
