package io.meseta.model;

import io.meseta.model.rule.Orders;
import java.util.Comparator;
import java.util.Optional;

/// What a disk resource is besides an amount: a volume that outlives tasks, and the device it is
/// on.
///
/// Without a source it is the agent's own work directory.
public record Disk(Optional<Persistence> persistence, Optional<DiskSource> source)
        implements Comparable<Disk> {

    private static final Comparator<Disk> ORDER =
            Comparator.comparing(Disk::persistence, Orders.optional(Comparator.naturalOrder()))
                    .thenComparing(Disk::source, Orders.optional(Comparator.naturalOrder()));

    /// A persistent volume: kept until it is destroyed, whoever used it.
    ///
    /// @param containerPath where tasks see it, relative to their sandbox unless absolute
    public record Persistence(
            String id, Optional<String> principal, String containerPath, Mode mode)
            implements Comparable<Persistence> {

        private static final Comparator<Persistence> ORDER =
                Comparator.comparing(Persistence::id)
                        .thenComparing(
                                Persistence::principal, Orders.optional(Comparator.naturalOrder()))
                        .thenComparing(Persistence::containerPath)
                        .thenComparing(Persistence::mode);

        public Persistence {
            Ids.check(id);
        }

        @Override
        public int compareTo(Persistence other) {
            return ORDER.compare(this, other);
        }
    }

    /// Whether tasks may write.
    public enum Mode {
        RW,
        RO
    }

    /// The device or file system that the space is on.
    ///
    /// @param root where a PATH or MOUNT disk is mounted on the agent
    public record DiskSource(
            Type type,
            Optional<String> root,
            Optional<String> id,
            Optional<String> profile,
            Optional<String> vendor,
            Labels metadata)
            implements Comparable<DiskSource> {

        private static final Comparator<Optional<String>> TEXT =
                Orders.optional(Comparator.naturalOrder());

        private static final Comparator<DiskSource> ORDER =
                Comparator.comparing(DiskSource::type)
                        .thenComparing(DiskSource::root, TEXT)
                        .thenComparing(DiskSource::id, TEXT)
                        .thenComparing(DiskSource::profile, TEXT)
                        .thenComparing(DiskSource::vendor, TEXT)
                        .thenComparing(DiskSource::metadata);

        /// How the space may be cut up.
        public enum Type {
            /// Several volumes share one file system.
            PATH,
            /// A whole file system for one volume: never split.
            MOUNT,
            /// A device without a file system.
            BLOCK,
            /// Space from which disks are yet to be made.
            RAW
        }

        @Override
        public int compareTo(DiskSource other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            var text = new StringBuilder(type.name());
            vendor.ifPresent(name -> text.append('(').append(name).append(')'));
            if (id.isPresent() || profile.isPresent()) {
                text.append('(').append(id.orElse("")).append(',');
                text.append(profile.orElse("")).append(')');
            }
            root.ifPresent(path -> text.append(':').append(path));
            return text.toString();
        }
    }

    @Override
    public int compareTo(Disk other) {
        return this == other ? 0 : ORDER.compare(this, other);
    }

    /// As Mesos prints it in its refusals: source, then volume and its place: `PATH:/mnt,v1:data`.
    @Override
    public String toString() {
        var volume = persistence.map(it -> it.id() + ":" + it.containerPath());
        if (source.isEmpty()) return volume.orElse("");
        return volume.map(text -> source.get() + "," + text).orElse(source.get().toString());
    }
}
