package io.meseta.master.frameworks;

import io.meseta.mesos.v1.Offer.Operation;
import io.meseta.mesos.v1.Resource;
import io.meseta.model.Role;

/// An operation whose resources say for which role they are allocated, as operators are shown it.
final class AllocatedOperation {

    private AllocatedOperation() {}

    /// Resources that name no role are of the offer's.
    static Operation to(Role role, Operation sent) {
        var wire = sent.toBuilder();
        if (wire.hasReserve())
            wire.getReserveBuilder()
                    .getResourcesBuilderList()
                    .forEach(each -> allocate(role, each));
        if (wire.hasUnreserve())
            wire.getUnreserveBuilder()
                    .getResourcesBuilderList()
                    .forEach(each -> allocate(role, each));
        if (wire.hasCreate())
            wire.getCreateBuilder().getVolumesBuilderList().forEach(each -> allocate(role, each));
        if (wire.hasDestroy())
            wire.getDestroyBuilder().getVolumesBuilderList().forEach(each -> allocate(role, each));
        if (wire.hasGrowVolume()) {
            allocate(role, wire.getGrowVolumeBuilder().getVolumeBuilder());
            allocate(role, wire.getGrowVolumeBuilder().getAdditionBuilder());
        }
        if (wire.hasShrinkVolume())
            allocate(role, wire.getShrinkVolumeBuilder().getVolumeBuilder());
        return wire.build();
    }

    private static void allocate(Role role, Resource.Builder resource) {
        if (!resource.hasAllocationInfo()) resource.getAllocationInfoBuilder().setRole(role.name());
    }
}
