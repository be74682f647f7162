package io.meseta.agent.disk;

import io.meseta.agent.resources.ResourceSums;
import io.meseta.mesos.v1.Resource;
import java.util.List;

/// What a task has asked for its sandbox.
public final class DiskDemand {

    private static final long MEGABYTE = 1 << 20;

    private DiskDemand() {}

    /// In bytes. What lies in persistent volumes is not the sandbox's.
    public static long bytes(List<Resource> resources) {
        var own = resources.stream().filter(each -> !each.getDisk().hasPersistence()).toList();
        return Math.round(ResourceSums.of(own).scalar("disk") * MEGABYTE);
    }
}
