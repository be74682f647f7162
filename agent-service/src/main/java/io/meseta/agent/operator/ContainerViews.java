package io.meseta.agent.operator;

import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Home;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.disk.DiskRounds;
import io.meseta.agent.executors.ExecutorWords;
import io.meseta.agent.launch.Runs;
import io.meseta.agent.reports.StatusMapping;
import io.meseta.agent.resources.ResourceSums;
import io.meseta.mesos.v1.ContainerID;
import io.meseta.mesos.v1.ContainerStatus;
import io.meseta.mesos.v1.ExecutorID;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.ResourceStatistics;
import io.meseta.mesos.v1.Value;
import io.meseta.mesos.v1.agent.Response.GetContainers.Container;
import io.meseta.runtime.state.Usage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/// What runs on this machine as containers, whether the kernel keeps them apart or not, and what
/// each has used.
public final class ContainerViews {

    private static final double NANOS = 1e9;
    private static final long MEGABYTE = 1 << 20;

    /// One container, and the old name for where it comes from.
    record Shown(Container container, String source) {}

    private final WireViews views;
    private final Runs runs;
    private final DiskRounds disk;
    private final String address;
    private final InstantSource clock;

    /// @param address this machine's own
    ContainerViews(
            WireViews views, Runs runs, DiskRounds disk, String address, InstantSource clock) {
        this.views = views;
        this.runs = runs;
        this.disk = disk;
        this.address = address;
        this.clock = clock;
    }

    /// Those of executors, and of command tasks, which are their own.
    ///
    /// @param isSeen which tasks' containers are shown; an executor's is where one of its tasks' is
    /// @param withNested also those of the tasks of groups
    List<Shown> shown(Predicate<AgentTask> isSeen, boolean withNested) {
        var seen = views.of(isSeen);
        var shown = new ArrayList<Shown>();
        for (var executor : seen.employed())
            if (executor.stage() != Stage.ORDERED) shown.add(of(executor));
        for (var task : seen.held()) {
            if (task.stage() == Stage.ORDERED || task.stage() == Stage.ENDED) continue;
            switch (task.spec().home()) {
                case Home.Own() -> shown.add(of(task));
                case Home.Grouped _ -> {
                    if (withNested) shown.add(of(task));
                }
                case Home.Hosted _ -> {}
            }
        }
        return shown;
    }

    private Shown of(AgentTask task) {
        var info = WireViews.taskInfo(task);
        long pid = runs.commandPid(task.container());
        var status = StatusMapping.container(task, pid, address);
        var id = WireViews.executorId(task);
        var name =
                task.spec().home() instanceof Home.Own
                        ? WireViews.executor(task).getName()
                        : info.getName();
        var container =
                Container.newBuilder()
                        .setFrameworkId(StatusMapping.framework(task))
                        .setExecutorId(ExecutorID.newBuilder().setValue(id))
                        .setExecutorName(name)
                        .setContainerId(status.getContainerId())
                        .setContainerStatus(status)
                        .setResourceStatistics(
                                statistics(
                                        task.container(),
                                        info.getResourcesList(),
                                        info.getLimitsMap()));
        return new Shown(container.build(), id);
    }

    @SuppressWarnings("deprecation") // `source` is old, and tools still sort by it.
    private Shown of(AgentExecutor executor) {
        var info = ExecutorWords.info(executor);
        var id = ContainerID.newBuilder().setValue(executor.container().toString());
        var status = ContainerStatus.newBuilder().setContainerId(id);
        long pid = executor.isBuiltIn() ? 0 : runs.commandPid(executor.container());
        if (pid > 0) status.setExecutorPid((int) pid);
        var container =
                Container.newBuilder()
                        .setFrameworkId(
                                FrameworkID.newBuilder()
                                        .setValue(executor.key().framework().value()))
                        .setExecutorId(info.getExecutorId())
                        .setExecutorName(info.getName())
                        .setContainerId(id)
                        .setContainerStatus(status)
                        .setResourceStatistics(
                                statistics(
                                        executor.container(), info.getResourcesList(), Map.of()));
        return new Shown(container.build(), info.getSource());
    }

    private ResourceStatistics statistics(
            UUID container, List<Resource> resources, Map<String, Value.Scalar> limits) {
        var sums = ResourceSums.of(resources);
        double cpus = sums.scalar("cpus");
        double mem = sums.scalar("mem");
        var statistics =
                ResourceStatistics.newBuilder()
                        .setTimestamp(clock.millis() / 1000.0)
                        .setCpusSoftLimit(cpus)
                        .setCpusLimit(limit(limits, "cpus", cpus))
                        .setMemSoftLimitBytes(Math.round(mem * MEGABYTE))
                        .setMemLimitBytes(Math.round(limit(limits, "mem", mem) * MEGABYTE));
        runs.usage(container).ifPresent(usage -> use(usage, statistics));
        long quota = Math.round(sums.scalar("disk") * MEGABYTE);
        disk.used(container)
                .ifPresent(used -> {
                    statistics.setDiskUsedBytes(used);
                    if (quota > 0) statistics.setDiskLimitBytes(quota);
                });
        return statistics.build();
    }

    private static double limit(Map<String, Value.Scalar> limits, String name, double otherwise) {
        var limit = limits.get(name);
        return limit == null || Double.isInfinite(limit.getValue()) ? otherwise : limit.getValue();
    }

    /// What this machine does not say is left out.
    private static void use(Usage usage, ResourceStatistics.Builder statistics) {
        var cpu = usage.processor();
        known(cpu.userNanos(), each -> statistics.setCpusUserTimeSecs(each / NANOS));
        known(cpu.systemNanos(), each -> statistics.setCpusSystemTimeSecs(each / NANOS));
        known(cpu.periods(), each -> statistics.setCpusNrPeriods((int) each));
        known(cpu.periodsThrottled(), each -> statistics.setCpusNrThrottled((int) each));
        known(cpu.throttledNanos(), each -> statistics.setCpusThrottledTimeSecs(each / NANOS));
        var memory = usage.memory();
        known(memory.used(), statistics::setMemTotalBytes);
        known(memory.anonymous(), statistics::setMemRssBytes);
        known(memory.anonymous(), statistics::setMemAnonBytes);
        known(memory.cached(), statistics::setMemFileBytes);
        known(memory.cached(), statistics::setMemCacheBytes);
        known(memory.swapped(), statistics::setMemSwapBytes);
        known(usage.processes().processes(), each -> statistics.setProcesses((int) each));
        known(usage.processes().threads(), each -> statistics.setThreads((int) each));
    }

    private static void known(long amount, LongConsumer then) {
        if (amount != Usage.UNKNOWN) then.accept(amount);
    }
}
