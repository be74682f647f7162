package io.meseta.agent.core.holding;

import io.meseta.model.Disk;
import io.meseta.model.ResourceKind;
import io.meseta.model.Role;
import java.util.Comparator;
import java.util.Optional;

/// What tells the volumes of one machine apart, and names their directories.
public record VolumeName(Role role, String id) implements Comparable<VolumeName> {

    private static final Comparator<VolumeName> ORDER =
            Comparator.comparing(VolumeName::role).thenComparing(VolumeName::id);

    /// Empty for what is no volume.
    public static Optional<VolumeName> of(ResourceKind kind) {
        return kind.disk()
                .flatMap(Disk::persistence)
                .flatMap(volume ->
                        kind.reservedRole().map(role -> new VolumeName(role, volume.id())));
    }

    @Override
    public int compareTo(VolumeName other) {
        return ORDER.compare(this, other);
    }
}
