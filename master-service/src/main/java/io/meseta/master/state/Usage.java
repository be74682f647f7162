package io.meseta.master.state;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.executor.Executor;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.task.Task;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskState;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Who uses what, and is offered what, summed up over a whole state.
///
/// What runs on an agent that is out of reach is not in use: nobody can tell.
public final class Usage {

    private final Map<Object, SortedMap<Role, Resources>> used = new HashMap<>();
    private final Map<Object, SortedMap<Role, Resources>> offered = new HashMap<>();

    private Usage() {}

    public static Usage of(Cluster cluster) {
        var usage = new Usage();
        cluster.tasks().all().filter(Usage::isInUse).forEach(usage::use);
        cluster.tasks()
                .executors()
                .all()
                .filter(each -> isReached(cluster, each))
                .forEach(usage::use);
        cluster.offers().counted().forEach(usage::offer);
        return usage;
    }

    /// What one agent's tasks use, and is offered of it: looks at nothing else.
    public static Usage of(Cluster cluster, AgentId agent) {
        var usage = new Usage();
        cluster.tasks().on(agent).filter(Usage::isInUse).forEach(usage::use);
        cluster.tasks()
                .executors()
                .on(agent)
                .filter(each -> isReached(cluster, each))
                .forEach(usage::use);
        cluster.offers().countedOn(agent).forEach(usage::offer);
        return usage;
    }

    /// What one framework's tasks use, and is offered to it: looks at nothing else.
    public static Usage of(Cluster cluster, FrameworkId framework) {
        var usage = new Usage();
        cluster.tasks().of(framework).stream().filter(Usage::isInUse).forEach(usage::use);
        cluster.tasks()
                .executors()
                .of(framework)
                .filter(each -> isReached(cluster, each))
                .forEach(usage::use);
        for (var offer : cluster.offers().of(framework)) if (!offer.isCopy()) usage.offer(offer);
        return usage;
    }

    public SortedMap<Role, Resources> used(AgentId agent) {
        return used.getOrDefault(agent, new TreeMap<>());
    }

    public SortedMap<Role, Resources> used(FrameworkId framework) {
        return used.getOrDefault(framework, new TreeMap<>());
    }

    public SortedMap<Role, Resources> offered(AgentId agent) {
        return offered.getOrDefault(agent, new TreeMap<>());
    }

    public SortedMap<Role, Resources> offered(FrameworkId framework) {
        return offered.getOrDefault(framework, new TreeMap<>());
    }

    /// All roles' together.
    public static Resources total(SortedMap<Role, Resources> byRole) {
        var total = Resources.EMPTY;
        for (var some : byRole.values()) total = sum(total, some);
        return total;
    }

    /// Whether a task uses the resources that were given to it.
    public static boolean isInUse(Task task) {
        return task.holdsResources() && task.state() != TaskState.TASK_UNREACHABLE;
    }

    private void offer(Offer offer) {
        var grant = offer.grant();
        add(offered, offer.agent(), grant.role(), grant.resources());
        add(offered, offer.framework(), grant.role(), grant.resources());
    }

    private static boolean isReached(Cluster cluster, Executor executor) {
        return cluster.agent(executor.agent()).filter(each -> !each.isUnreachable()).isPresent();
    }

    private void use(Executor executor) {
        var resources = executor.spec().resources();
        add(used, executor.agent(), executor.role(), resources);
        add(used, executor.key().framework(), executor.role(), resources);
    }

    private void use(Task task) {
        var spec = task.spec();
        add(used, task.agent(), spec.role(), spec.resources());
        add(used, task.key().framework(), spec.role(), spec.resources());
    }

    /// Agents may have shared volumes of one name and of different sizes, which can't be counted
    /// together: then one of them is shown.
    private static Resources sum(Resources some, Resources more) {
        return some.plus(
                more.filter(each ->
                        !each.kind().shared()
                                || some.copies(each.kind()) == 0
                                || some.stream().anyMatch(each::equals)));
    }

    private static void add(
            Map<Object, SortedMap<Role, Resources>> sums, Object whose, Role role, Resources more) {
        sums.computeIfAbsent(whose, _ -> new TreeMap<>()).merge(role, more, Usage::sum);
    }
}
