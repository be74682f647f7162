package io.meseta.agent.core.holding;

import io.meseta.model.Disk;
import io.meseta.model.ResourceKind;
import io.meseta.model.Role;
import io.meseta.model.rule.Orders;
import java.util.Comparator;
import java.util.Optional;

/// What tells the volumes of one machine apart, and names their directories.
///
/// @param place empty for the agent's own directory
public record VolumeName(Role role, String id, Optional<VolumePlace> place)
        implements Comparable<VolumeName> {

    private static final Comparator<VolumeName> ORDER =
            Comparator.comparing(VolumeName::role)
                    .thenComparing(VolumeName::id)
                    .thenComparing(VolumeName::place, Orders.optional(Comparator.naturalOrder()));

    /// In the agent's own directory.
    public VolumeName(Role role, String id) {
        this(role, id, Optional.empty());
    }

    /// Empty for what is no volume.
    public static Optional<VolumeName> of(ResourceKind kind) {
        var place = kind.disk().flatMap(Disk::source).flatMap(VolumePlace::of);
        return kind.disk()
                .flatMap(Disk::persistence)
                .flatMap(volume ->
                        kind.reservedRole().map(role -> new VolumeName(role, volume.id(), place)));
    }

    @Override
    public int compareTo(VolumeName other) {
        return ORDER.compare(this, other);
    }
}
