package io.meseta.master.state;

import io.meseta.master.core.cluster.Cluster;
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
        for (var offer : cluster.offers().all()) {
            var grant = offer.grant();
            add(usage.offered, offer.agent(), grant.role(), grant.resources());
            add(usage.offered, offer.framework(), grant.role(), grant.resources());
        }
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
        for (var some : byRole.values()) total = total.plus(some);
        return total;
    }

    private static boolean isInUse(Task task) {
        return task.holdsResources() && task.state() != TaskState.TASK_UNREACHABLE;
    }

    private void use(Task task) {
        var spec = task.spec();
        add(used, task.agent(), spec.role(), spec.resources());
        add(used, task.key().framework(), spec.role(), spec.resources());
    }

    private static void add(
            Map<Object, SortedMap<Role, Resources>> sums, Object whose, Role role, Resources more) {
        sums.computeIfAbsent(whose, _ -> new TreeMap<>()).merge(role, more, Resources::plus);
    }
}
