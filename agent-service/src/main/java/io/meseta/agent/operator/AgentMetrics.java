package io.meseta.agent.operator;

import com.sun.management.OperatingSystemMXBean;
import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.resources.ResourceSums;
import io.meseta.model.TaskState;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The agent's figures by their Mesos names.
public final class AgentMetrics {

    private static final Map<TaskState, String> ENDS =
            Map.of(
                    TaskState.TASK_FINISHED, "finished",
                    TaskState.TASK_FAILED, "failed",
                    TaskState.TASK_KILLED, "killed",
                    TaskState.TASK_LOST, "lost",
                    TaskState.TASK_GONE, "gone");

    private final About about;
    private final Supplier<Machine> machine;
    private final BooleanSupplier isRegistered;
    private final History history;
    private final WireViews views;
    private final InstantSource clock;

    AgentMetrics(
            About about,
            Supplier<Machine> machine,
            BooleanSupplier isRegistered,
            History history,
            InstantSource clock) {
        this.about = about;
        this.machine = machine;
        this.isRegistered = isRegistered;
        this.history = history;
        this.views = new WireViews(machine, history);
        this.clock = clock;
    }

    SortedMap<String, Double> snapshot() {
        var metrics = new TreeMap<String, Double>();
        metrics.put("slave/registered", isRegistered.getAsBoolean() ? 1.0 : 0.0);
        var uptime = Duration.between(about.startedAt(), clock.instant());
        metrics.put("slave/uptime_secs", uptime.toMillis() / 1000.0);
        metrics.put("slave/frameworks_active", (double) views.active().size());
        metrics.put("slave/valid_status_updates", (double) history.updatesSent());
        tasks(metrics);
        resources(metrics);
        system(metrics);
        return metrics;
    }

    private void tasks(SortedMap<String, Double> metrics) {
        var tasks = machine.get().tasks().values();
        metrics.put("slave/tasks_staging", count(tasks, TaskState.TASK_STAGING));
        metrics.put("slave/tasks_starting", count(tasks, TaskState.TASK_STARTING));
        metrics.put("slave/tasks_running", count(tasks, TaskState.TASK_RUNNING));
        metrics.put("slave/tasks_killing", count(tasks, TaskState.TASK_KILLING));
        ENDS.forEach((state, name) ->
                metrics.put(
                        "slave/tasks_" + name, count(tasks, state) + history.completedIn(state)));
        metrics.put("slave/executors_running", count(tasks, Stage.RUNNING));
        metrics.put("slave/executors_terminating", count(tasks, Stage.KILLING));
        metrics.put(
                "slave/executors_registering",
                count(tasks, Stage.LAUNCHING) + count(tasks, Stage.ORDERED));
    }

    private void resources(SortedMap<String, Double> metrics) {
        var total = ResourceSums.of(about.description().getResourcesList());
        var used = ResourceSums.of(views.allocated());
        for (var name : List.of("cpus", "mem", "disk", "gpus")) {
            metrics.put("slave/" + name + "_total", total.scalar(name));
            metrics.put("slave/" + name + "_used", used.scalar(name));
            double share = total.scalar(name) == 0 ? 0 : used.scalar(name) / total.scalar(name);
            metrics.put("slave/" + name + "_percent", share);
        }
    }

    private static void system(SortedMap<String, Double> metrics) {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        metrics.put("system/cpus_total", (double) system.getAvailableProcessors());
        metrics.put("system/load_1min", system.getSystemLoadAverage());
        metrics.put("system/mem_total_bytes", (double) system.getTotalMemorySize());
        metrics.put("system/mem_free_bytes", (double) system.getFreeMemorySize());
    }

    private static double count(Iterable<AgentTask> tasks, TaskState state) {
        int count = 0;
        for (var task : tasks) if (task.latest() == state) count++;
        return count;
    }

    private static double count(Iterable<AgentTask> tasks, Stage stage) {
        int count = 0;
        for (var task : tasks) if (task.stage() == stage) count++;
        return count;
    }
}
