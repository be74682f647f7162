package io.meseta.master.metrics;

import io.meseta.master.about.Self;
import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.task.Task;
import io.meseta.master.doors.CallCounts;
import io.meseta.master.engine.ClusterWriter;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.links.Happenings;
import io.meseta.master.links.TaskEnds;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.model.Resources;
import io.meseta.model.TaskState;
import io.meseta.platform.process.MachineFigures;
import io.meseta.wire.agent.AgentCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Figures by Mesos' names: gauges from the newest state, counters since this process started.
public final class MesosMetrics {

    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double PER_UNIT = 1_000;

    private static final List<String> SCALARS = List.of("cpus", "gpus", "mem", "disk");

    private static final List<TaskState> STATES_NOW =
            List.of(
                    TaskState.TASK_STAGING,
                    TaskState.TASK_STARTING,
                    TaskState.TASK_RUNNING,
                    TaskState.TASK_KILLING,
                    TaskState.TASK_UNREACHABLE);

    private static final List<TaskState> STATES_SO_FAR =
            List.of(
                    TaskState.TASK_FINISHED,
                    TaskState.TASK_FAILED,
                    TaskState.TASK_KILLED,
                    TaskState.TASK_ERROR,
                    TaskState.TASK_LOST,
                    TaskState.TASK_DROPPED,
                    TaskState.TASK_GONE,
                    TaskState.TASK_GONE_BY_OPERATOR);

    private static final Map<String, Call.Type> MESSAGES =
            Map.ofEntries(
                    Map.entry("decline_offers", Call.Type.DECLINE),
                    Map.entry("framework_to_executor", Call.Type.MESSAGE),
                    Map.entry("kill_task", Call.Type.KILL),
                    Map.entry("launch_tasks", Call.Type.ACCEPT),
                    Map.entry(
                            "operation_status_update_acknowledgement",
                            Call.Type.ACKNOWLEDGE_OPERATION_STATUS),
                    Map.entry("reconcile_operations", Call.Type.RECONCILE_OPERATIONS),
                    Map.entry("reconcile_tasks", Call.Type.RECONCILE),
                    Map.entry("resource_request", Call.Type.REQUEST),
                    Map.entry("revive_offers", Call.Type.REVIVE),
                    Map.entry("status_update_acknowledgement", Call.Type.ACKNOWLEDGE),
                    Map.entry("suppress_offers", Call.Type.SUPPRESS),
                    Map.entry("unregister_framework", Call.Type.TEARDOWN));

    private final Leadership leadership;
    private final Self self;
    private final CallCounts calls;
    private final TaskEnds ends;
    private final Happenings happenings;
    private final List<Figures> more;
    private final InstantSource clock;

    MesosMetrics(
            Leadership leadership,
            Self self,
            CallCounts calls,
            TaskEnds ends,
            Happenings happenings,
            List<Figures> more,
            InstantSource clock) {
        this.leadership = leadership;
        this.self = self;
        this.calls = calls;
        this.ends = ends;
        this.happenings = happenings;
        this.more = List.copyOf(more);
        this.clock = clock;
    }

    /// All figures, sorted by name. A master that does not lead shows an empty cluster.
    public SortedMap<String, Double> snapshot() {
        var figures = new TreeMap<String, Double>();
        var writer = leadership.writer();
        var cluster = writer.map(each -> each.view().cluster()).orElse(Cluster.EMPTY);
        figures.put("master/elected", writer.isPresent() ? 1.0 : 0.0);
        figures.put(
                "master/uptime_secs",
                Duration.between(self.startedAt(), clock.instant()).toMillis() / MILLIS_PER_SECOND);
        figures.put(
                "master/event_queue_messages",
                (double) writer.map(ClusterWriter::waiting).orElse(0));
        agents(cluster, figures);
        frameworks(cluster, figures);
        tasks(cluster, figures);
        resources(cluster, figures);
        AllocatorFigures.add(cluster, figures);
        messages(figures);
        happenings.all().forEach((name, count) -> figures.put(name, (double) count));
        invalid(figures);
        for (var each : more) each.add(cluster, figures);
        system(figures);
        return figures;
    }

    private static void agents(Cluster cluster, Map<String, Double> figures) {
        Predicate<Agent> isActive =
                agent -> agent.isLinked() && !cluster.upkeep().isDeactivated(agent.id());
        figures.put("master/slaves_active", count(cluster, isActive));
        figures.put("master/slaves_connected", count(cluster, Agent::isLinked));
        Predicate<Agent> isAway = agent -> !agent.isLinked() && !agent.isUnreachable();
        figures.put("master/slaves_disconnected", count(cluster, isAway));
        Predicate<Agent> isInactive = agent -> !isActive.test(agent) && !agent.isUnreachable();
        figures.put("master/slaves_inactive", count(cluster, isInactive));
        figures.put("master/slaves_unreachable", count(cluster, Agent::isUnreachable));
    }

    private static double count(Cluster cluster, Predicate<Agent> predicate) {
        return cluster.agents().values().stream().filter(predicate).count();
    }

    private static void frameworks(Cluster cluster, Map<String, Double> figures) {
        double connected =
                cluster.frameworks().values().stream().filter(Framework::isConnected).count();
        double away = cluster.frameworks().size() - connected;
        figures.put("master/frameworks_active", connected);
        figures.put("master/frameworks_connected", connected);
        figures.put("master/frameworks_disconnected", away);
        figures.put("master/frameworks_inactive", away);
        figures.put("master/outstanding_offers", (double) cluster.offers().size());
    }

    private void tasks(Cluster cluster, Map<String, Double> figures) {
        var now = new EnumMap<TaskState, Long>(TaskState.class);
        cluster.tasks().all().forEach(task -> now.merge(task.state(), 1L, Long::sum));
        for (var state : STATES_NOW) figures.put(name(state), (double) now.getOrDefault(state, 0L));
        for (var state : STATES_SO_FAR) figures.put(name(state), (double) ends.of(state));
    }

    private static String name(TaskState state) {
        return "master/tasks_" + state.name().substring("TASK_".length()).toLowerCase(Locale.ROOT);
    }

    private static void resources(Cluster cluster, Map<String, Double> figures) {
        for (var name : SCALARS) {
            double total = 0;
            for (var agent : cluster.agents().values())
                if (!agent.isUnreachable()) total += units(agent.profile().resources(), name);
            double used =
                    cluster.tasks()
                            .all()
                            .filter(Task::holdsResources)
                            .filter(task -> task.state() != TaskState.TASK_UNREACHABLE)
                            .mapToDouble(task -> units(task.spec().resources(), name))
                            .sum();
            put(figures, "master/" + name, total, used);
            // Nothing is oversubscribed, so nothing can be taken back.
            put(figures, "master/" + name + "_revocable", 0, 0);
        }
    }

    private static void put(Map<String, Double> figures, String name, double total, double used) {
        figures.put(name + "_total", total);
        figures.put(name + "_used", used);
        figures.put(name + "_percent", total == 0 ? 0 : used / total);
    }

    private static double units(Resources resources, String name) {
        return resources.scalar(name) / PER_UNIT;
    }

    /// Of each acknowledgement that was not one, a framework was told; the others are counted as
    /// they come.
    private static void invalid(Map<String, Double> figures) {
        for (var kind : List.of("status_update", "operation_status_update")) {
            double all = figures.getOrDefault("master/messages_" + kind + "_acknowledgement", 0.0);
            double valid = figures.getOrDefault("master/valid_" + kind + "_acknowledgements", 0.0);
            figures.put("master/invalid_" + kind + "_acknowledgements", Math.max(0, all - valid));
        }
    }

    private void messages(Map<String, Double> figures) {
        MESSAGES.forEach((name, call) ->
                figures.put("master/messages_" + name, (double) calls.of("scheduler", call)));
        figures.put("master/messages_status_update", agentCalls(AgentCall.CallCase.REPORTS));
    }

    private double agentCalls(AgentCall.CallCase call) {
        return calls.of("agent-link", call);
    }

    private static void system(Map<String, Double> figures) {
        var machine = MachineFigures.now();
        figures.put("system/cpus_total", (double) machine.processors());
        figures.put("system/load_1min", machine.load1());
        figures.put("system/load_5min", machine.load5());
        figures.put("system/load_15min", machine.load15());
        figures.put("system/mem_free_bytes", (double) machine.memoryFreeBytes());
        figures.put("system/mem_total_bytes", (double) machine.memoryBytes());
    }
}
