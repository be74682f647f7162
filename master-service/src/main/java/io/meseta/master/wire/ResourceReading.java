package io.meseta.master.wire;

import io.meseta.mesos.resources.InvalidResource;
import io.meseta.mesos.v1.Resource;
import io.meseta.model.Resources;
import java.util.List;
import java.util.SortedSet;

/// Reads resources that came in a message.
public final class ResourceReading {

    private ResourceReading() {}

    /// All of them, summed up.
    public static Resources read(List<Resource> wire) throws Unacceptable {
        try {
            return io.meseta.mesos.resources.ResourceReading.read(wire);
        } catch (InvalidResource invalid) {
            throw new Unacceptable(invalid.getMessage());
        }
    }

    /// The roles that resources say they are allocated to.
    public static SortedSet<String> allocationRoles(List<Resource> wire) {
        return io.meseta.mesos.resources.ResourceReading.allocationRoles(wire);
    }
}
