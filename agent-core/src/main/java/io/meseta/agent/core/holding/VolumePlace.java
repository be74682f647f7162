package io.meseta.agent.core.holding;

import io.meseta.model.Disk.DiskSource;
import java.util.Comparator;
import java.util.Optional;

/// A file system beside the agent's own directory, on which volumes lie.
///
/// @param root where it is mounted; relative to the agent's directory unless absolute
/// @param isWhole whether all of it is one volume; otherwise volumes have directories in it
public record VolumePlace(String root, boolean isWhole) implements Comparable<VolumePlace> {

    private static final Comparator<VolumePlace> ORDER =
            Comparator.comparing(VolumePlace::root).thenComparing(VolumePlace::isWhole);

    /// Empty for what has no place in a tree of files.
    static Optional<VolumePlace> of(DiskSource source) {
        return switch (source.type()) {
            case PATH -> source.root().map(root -> new VolumePlace(root, false));
            case MOUNT -> source.root().map(root -> new VolumePlace(root, true));
            case BLOCK, RAW -> Optional.empty();
        };
    }

    @Override
    public int compareTo(VolumePlace other) {
        return ORDER.compare(this, other);
    }
}
