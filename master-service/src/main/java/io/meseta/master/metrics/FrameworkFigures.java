package io.meseta.master.metrics;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.task.Task;
import io.meseta.master.frameworks.limits.CallLimits;
import io.meseta.master.links.FrameworkCounts;
import io.meseta.master.links.FrameworkCounts.OfferFate;
import io.meseta.mesos.v1.Offer.Operation;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.mesos.v1.scheduler.Event;
import io.meseta.model.TaskState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/// The figures of each framework that is there, and of the principals that they belong to.
final class FrameworkFigures implements Figures {

    private static final List<TaskState> ACTIVE =
            List.of(
                    TaskState.TASK_STAGING,
                    TaskState.TASK_STARTING,
                    TaskState.TASK_RUNNING,
                    TaskState.TASK_KILLING,
                    TaskState.TASK_UNREACHABLE,
                    TaskState.TASK_UNKNOWN);

    private final FrameworkCounts counts;
    private final CallLimits limits;

    FrameworkFigures(FrameworkCounts counts, CallLimits limits) {
        this.counts = counts;
        this.limits = limits;
    }

    @Override
    public void add(Cluster cluster, Map<String, Double> figures) {
        counts.keep(cluster.frameworks().keySet());
        for (var framework : cluster.frameworks().values()) {
            put(framework, cluster, figures);
            framework
                    .profile()
                    .identity()
                    .principal()
                    .ifPresent(principal ->
                            limits.of(principal)
                                    .ifPresent(traffic -> {
                                        var prefix = "frameworks/" + principal.name() + "/";
                                        figures.put(
                                                prefix + "messages_received",
                                                (double) traffic.received());
                                        figures.put(
                                                prefix + "messages_processed",
                                                (double) traffic.processed());
                                    }));
        }
    }

    private void put(Framework framework, Cluster cluster, Map<String, Double> figures) {
        var prefix =
                "master/frameworks/"
                        + encoded(framework.profile().name())
                        + "/"
                        + framework.id()
                        + "/";
        var known = counts.of(framework.id());
        ToLongFunction<Enum<?>> count = what -> known.map(each -> each.of(what)).orElse(0L);
        figures.put(prefix + "subscribed", framework.isConnected() ? 1.0 : 0.0);
        group(prefix + "calls", Call.Type.values(), count, figures);
        group(prefix + "events", Event.Type.values(), count, figures);
        group(prefix + "operations", Operation.Type.values(), count, figures);
        for (var fate : OfferFate.values())
            figures.put(prefix + "offers/" + name(fate), (double) count.applyAsLong(fate));
        for (var state : TaskState.values())
            if (state.isTerminal())
                figures.put(
                        prefix + "tasks/terminal/" + name(state),
                        (double) count.applyAsLong(state));
        var tasks = cluster.tasks().of(framework.id());
        for (var state : ACTIVE)
            figures.put(
                    prefix + "tasks/active/" + name(state),
                    (double) tasks.stream().map(Task::state).filter(state::equals).count());
        cluster.pool()
                .traits(framework.id())
                .ifPresent(traits -> {
                    for (var role : traits.roles())
                        figures.put(
                                prefix + "roles/" + role + "/suppressed",
                                traits.suppressed().contains(role) ? 1.0 : 0.0);
                });
    }

    /// Each one, and all together; what is not known has no name.
    private static void group(
            String prefix,
            Enum<?>[] all,
            ToLongFunction<Enum<?>> count,
            Map<String, Double> figures) {
        var known = Arrays.stream(all).filter(each -> !each.name().equals("UNKNOWN")).toList();
        figures.put(prefix, (double) known.stream().mapToLong(count).sum());
        for (var each : known)
            figures.put(prefix + "/" + name(each), (double) count.applyAsLong(each));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /// All but letters, digits and some marks are written as their bytes.
    private static String encoded(String name) {
        var text = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (each & 0xff);
            boolean isPlain =
                    (letter >= 'a' && letter <= 'z')
                            || (letter >= 'A' && letter <= 'Z')
                            || (letter >= '0' && letter <= '9')
                            || "-_.~".indexOf(letter) >= 0;
            if (isPlain) text.append(letter);
            else text.append("%%%02X".formatted((int) letter));
        }
        return text.toString();
    }
}
