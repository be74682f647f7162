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

    private final ContainerBounds.Shares bounds;
    private final HugePages hugePages;

    ContainerLimits(ContainerBounds.Shares bounds, HugePages hugePages) {
        this.bounds = bounds;
        this.hugePages = hugePages;
    }

    /// @param limits by resource; an infinite one is no limit at all
    /// @param wishes of a container of type DOCKER
    Limits of(List<Resource> resources, Map<String, Value.Scalar> limits, DockerWishes wishes) {
        var sums = ResourceSums.of(resources);
        return Limits.NONE
                .with(placed(cpu(sums.scalar("cpus"), limits), wishes.placement()))
                .with(memory(sums.scalar("mem"), limits))
                .withProcesses(processes(wishes.processesMax()))
                .weighingAtDisks(diskWeight(wishes.diskWeight()))
                .withHugePages(hugePages.limits(sums));
    }

    private Limits.Cpu placed(Limits.Cpu cpu, DockerWishes.Placement placement) {
        if (placement.isAny()) return cpu;
        if (!bounds.isPinningAllowed())
            throw new LaunchFailure(
                    "this agent does not allow a choice of processors"
                            + " (meseta.agent.containers.docker.pinning)");
        return cpu.on(placement.processors(), placement.memoryNodes());
    }

    private long processes(long wanted) {
        long max = bounds.processesMax();
        if (wanted == 0) return max;
        return max == 0 ? wanted : Math.min(wanted, max);
    }

    private int diskWeight(int wanted) {
        if (wanted > bounds.diskWeightMax())
            throw new LaunchFailure(
                    "this agent allows no weight of %s at the disks, and %s at most"
                                    .formatted(wanted, bounds.diskWeightMax())
                            + " (meseta.agent.containers.docker.disk-weight-max)");
        return wanted == 0 ? 0 : Limits.ioWeight(wanted);
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
