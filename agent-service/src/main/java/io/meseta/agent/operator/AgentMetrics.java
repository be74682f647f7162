package io.meseta.agent.operator;

import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.fetch.Fetcher;
import io.meseta.agent.resources.ResourceSums;
import io.meseta.agent.sandbox.SandboxRounds;
import io.meseta.model.TaskState;
import io.meseta.platform.process.MachineFigures;
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
    private final Supplier<SandboxRounds.Removals> removals;
    private final Supplier<Fetcher.Figures> fetches;
    private final WireViews views;
    private final InstantSource clock;

    AgentMetrics(
            About about,
            BooleanSupplier isRegistered,
            WireViews views,
            Supplier<SandboxRounds.Removals> removals,
            Supplier<Fetcher.Figures> fetches,
            InstantSource clock) {
        this.about = about;
        this.machine = views::machine;
        this.isRegistered = isRegistered;
        this.history = views.history();
        this.removals = removals;
        this.fetches = fetches;
        this.views = views;
        this.clock = clock;
    }

    SortedMap<String, Double> snapshot() {
        var metrics = new TreeMap<String, Double>();
        metrics.put("slave/registered", isRegistered.getAsBoolean() ? 1.0 : 0.0);
        var uptime = Duration.between(about.startedAt(), clock.instant());
        metrics.put("slave/uptime_secs", uptime.toMillis() / 1000.0);
        metrics.put("slave/frameworks_active", (double) views.active().size());
        metrics.put("slave/valid_status_updates", (double) history.updatesSent());
        metrics.put("slave/container_launch_errors", (double) history.launchErrors());
        metrics.put("slave/executors_terminated", (double) history.ended());
        var gone = removals.get();
        metrics.put("gc/path_removals_succeeded", (double) gone.succeeded());
        metrics.put("gc/path_removals_failed", (double) gone.failed());
        metrics.put("gc/path_removals_pending", (double) gone.pending());
        fetches(metrics);
        tasks(metrics);
        resources(metrics);
        system(metrics);
        return metrics;
    }

    private void fetches(SortedMap<String, Double> metrics) {
        var figures = fetches.get();
        var prefix = "containerizer/fetcher/";
        metrics.put(prefix + "task_fetches_succeeded", (double) figures.succeeded());
        metrics.put(prefix + "task_fetches_failed", (double) figures.failed());
        metrics.put(prefix + "cache_size_total_bytes", (double) figures.cacheBytesMax());
        metrics.put(prefix + "cache_size_used_bytes", (double) figures.cacheBytes());
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
            // Nothing is oversubscribed, so nothing can be taken back.
            for (var figure : List.of("total", "used", "percent"))
                metrics.put("slave/" + name + "_revocable_" + figure, 0.0);
        }
    }

    private static void system(SortedMap<String, Double> metrics) {
        var machine = MachineFigures.now();
        metrics.put("system/cpus_total", (double) machine.processors());
        metrics.put("system/load_1min", machine.load1());
        metrics.put("system/load_5min", machine.load5());
        metrics.put("system/load_15min", machine.load15());
        metrics.put("system/mem_total_bytes", (double) machine.memoryBytes());
        metrics.put("system/mem_free_bytes", (double) machine.memoryFreeBytes());
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
