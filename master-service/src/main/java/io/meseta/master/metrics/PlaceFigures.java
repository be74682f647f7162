package io.meseta.master.metrics;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.operation.OrderedOperation;
import io.meseta.master.core.task.Task;
import io.meseta.master.links.Happenings;
import io.meseta.master.state.Usage;
import io.meseta.model.FrameworkId;
import io.meseta.model.OperationState;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskState;
import io.meseta.model.conversion.OperationType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// Figures of the allocator, of operations, and of each framework: of what has its place in the
/// cluster now.
final class PlaceFigures implements Figures {

    private static final double PER_UNIT = 1_000;
    private static final String ALLOCATOR = "allocator/mesos/";
    private static final String OPERATIONS = "master/operations/";

    /// States in which an operation still is; the others are counted as they come.
    private static final List<OperationState> STATES_NOW =
            List.of(
                    OperationState.OPERATION_PENDING,
                    OperationState.OPERATION_RECOVERING,
                    OperationState.OPERATION_UNREACHABLE);

    private static final List<OperationState> STATES_SO_FAR =
            List.of(
                    OperationState.OPERATION_FINISHED,
                    OperationState.OPERATION_FAILED,
                    OperationState.OPERATION_ERROR,
                    OperationState.OPERATION_DROPPED,
                    OperationState.OPERATION_GONE_BY_OPERATOR);

    private final Happenings happenings;

    PlaceFigures(Happenings happenings) {
        this.happenings = happenings;
    }

    @Override
    public void add(Cluster cluster, Map<String, Double> figures) {
        operations(cluster, figures);
        allocator(cluster, figures);
        frameworks(cluster, figures);
    }

    private static void operations(Cluster cluster, Map<String, Double> figures) {
        figures.putIfAbsent(OPERATIONS + "total", 0.0);
        for (var state : STATES_SO_FAR) figures.putIfAbsent(OPERATIONS + name(state), 0.0);
        for (var state : STATES_NOW) figures.put(OPERATIONS + name(state), 0.0);
        for (var type : OperationType.values()) {
            var prefix = OPERATIONS + type.name().toLowerCase(Locale.ROOT) + "/";
            figures.putIfAbsent(prefix + "total", 0.0);
            for (var state : STATES_SO_FAR) figures.putIfAbsent(prefix + name(state), 0.0);
            for (var state : STATES_NOW) figures.put(prefix + name(state), 0.0);
        }
        cluster.operations()
                .all()
                .filter(OrderedOperation::isPending)
                .forEach(each -> {
                    var state = name(each.state());
                    var type = each.spec().type().name().toLowerCase(Locale.ROOT);
                    figures.merge(OPERATIONS + state, 1.0, Double::sum);
                    figures.merge(OPERATIONS + type + "/" + state, 1.0, Double::sum);
                });
    }

    private static String name(OperationState state) {
        return state.name().substring("OPERATION_".length()).toLowerCase(Locale.ROOT);
    }

    private static void allocator(Cluster cluster, Map<String, Double> figures) {
        for (var name : List.of("cpus", "gpus", "mem", "disk")) {
            double total = 0;
            double given = 0;
            for (var agent : cluster.agents().values())
                if (!agent.isUnreachable()) total += units(agent.profile().resources(), name);
            given +=
                    cluster.tasks()
                            .all()
                            .filter(Usage::isInUse)
                            .mapToDouble(task -> units(task.spec().resources(), name))
                            .sum();
            for (var offer : cluster.offers().all())
                given += units(offer.grant().resources(), name);
            figures.put(ALLOCATOR + "resources/" + name + "/total", total);
            figures.put(ALLOCATOR + "resources/" + name + "/offered_or_allocated", given);
        }
        for (var role : roles(cluster))
            figures.put(
                    ALLOCATOR + "roles/" + role.name() + "/shares/dominant",
                    cluster.pool().share(role));
    }

    private static SortedSet<Role> roles(Cluster cluster) {
        var roles = new TreeSet<Role>();
        for (var framework : cluster.frameworks().values())
            roles.addAll(framework.profile().roles());
        return roles;
    }

    private static double units(Resources resources, String name) {
        return resources.scalar(name) / PER_UNIT;
    }

    private void frameworks(Cluster cluster, Map<String, Double> figures) {
        var active = new HashMap<FrameworkId, Map<TaskState, Integer>>();
        cluster.tasks()
                .all()
                .filter(task -> !task.state().isTerminal())
                .forEach(task -> count(task, active));
        for (var framework : cluster.frameworks().values()) {
            var prefix =
                    "master/frameworks/"
                            + encoded(framework.profile().name())
                            + "/"
                            + framework.id().value()
                            + "/";
            figures.put(prefix + "subscribed", framework.isConnected() ? 1.0 : 0.0);
            figures.put(prefix + "offers/sent", 0.0);
            figures.put(prefix + "offers/rescinded", 0.0);
            active.getOrDefault(framework.id(), Map.of())
                    .forEach((state, count) ->
                            figures.put(
                                    prefix
                                            + "tasks/active/"
                                            + state.name().toLowerCase(Locale.ROOT),
                                    (double) count));
            happenings
                    .of(framework.id())
                    .forEach((name, count) -> figures.put(prefix + name, (double) count));
        }
    }

    private static void count(Task task, Map<FrameworkId, Map<TaskState, Integer>> active) {
        active.computeIfAbsent(task.key().framework(), _ -> new HashMap<>())
                .merge(task.state(), 1, Integer::sum);
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
