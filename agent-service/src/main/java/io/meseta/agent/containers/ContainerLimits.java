package io.meseta.agent.containers;

import io.meseta.agent.launch.LaunchFailure;
import io.meseta.agent.resources.ResourceSums;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Value;
import io.meseta.runtime.plan.Limits;
import java.util.List;
import java.util.Map;

/// From a task's resources and limits to those of its cgroup: it is guaranteed what it has asked
/// for, and gets no more than its limits.
final class ContainerLimits {

    private static final double THOUSAND = 1000.0;
    private static final long MEGABYTE = 1 << 20;

    /// Below this, hardly a program starts.
    private static final long MEMORY_MIN = 32 * MEGABYTE;

    private final ContainerBounds bounds;

    ContainerLimits(ContainerBounds bounds) {
        this.bounds = bounds;
    }

    /// @param limits by resource; an infinite one is no limit at all
    Limits of(List<Resource> resources, Map<String, Value.Scalar> limits) {
        var sums = ResourceSums.of(resources);
        return Limits.NONE
                .with(cpu(sums.scalar("cpus"), limits))
                .with(memory(sums.scalar("mem"), limits))
                .withProcesses(bounds.processesMax());
    }

    private Limits.Cpu cpu(double requested, Map<String, Value.Scalar> limits) {
        var cpu = Limits.Cpu.NONE;
        if (requested > 0) cpu = cpu.weighing(Math.round(requested * THOUSAND));
        var limit = limits.get("cpus");
        if (limit == null)
            return bounds.isCpuHard() && requested > 0
                    ? cpu.atMost(Math.round(requested * THOUSAND))
                    : cpu;
        return Double.isInfinite(limit.getValue())
                ? cpu
                : cpu.atMost(Math.round(positive(limit, "cpus") * THOUSAND));
    }

    private Limits.Memory memory(double requested, Map<String, Value.Scalar> limits) {
        long soft = requested > 0 ? Math.max(MEMORY_MIN, Math.round(requested * MEGABYTE)) : 0;
        var limit = limits.get("mem");
        long hard = soft;
        if (limit != null)
            hard =
                    Double.isInfinite(limit.getValue())
                            ? Limits.NO_LIMIT
                            : Math.max(MEMORY_MIN, Math.round(positive(limit, "mem") * MEGABYTE));
        if (hard == 0) return new Limits.Memory(soft, Limits.NO_LIMIT, Limits.NO_LIMIT);
        long swap = bounds.isSwapKept() ? Limits.Memory.NO_SWAP : Limits.NO_LIMIT;
        return new Limits.Memory(Math.min(soft, hard), hard, swap);
    }

    private static double positive(Value.Scalar limit, String name) {
        double value = limit.getValue();
        if (value > 0 && value < Long.MAX_VALUE / THOUSAND / MEGABYTE) return value;
        throw new LaunchFailure("a limit of " + value + " " + name);
    }
}
