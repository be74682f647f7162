package io.meseta.agent.resources;

import io.meseta.mesos.json.UnreadableJson;
import io.meseta.mesos.resources.InvalidResource;
import io.meseta.mesos.resources.ResourceJson;
import io.meseta.mesos.resources.ResourceReading;
import io.meseta.mesos.resources.ResourceWriting;
import io.meseta.mesos.v1.Resource;
import io.meseta.model.Disk;
import io.meseta.model.Disk.DiskSource;
import io.meseta.model.Reservation;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What an operator says that the machine has: `name(role):value;…`, a JSON array of resources, or
/// `file:///…` with one of these in it; and what the operator does not name.
///
/// @param text as it is shown among the flags
/// @param resources in the newer form of reservations
public record ConfiguredResources(String text, List<Resource> resources) {

    private static final String FILE = "file://";
    private static final long FILE_BYTES_MAX = 1 << 20;
    private static final Pattern SEMICOLON = Pattern.compile(";");

    private static final ResourceWriting WRITING =
            new ResourceWriting(ResourceWriting.Form.NEWER, Optional.empty());

    public ConfiguredResources {
        resources = List.copyOf(resources);
    }

    /// @param defaultRole whose the resources are that say of no role that they are its; `*` for
    ///   everybody's
    /// @throws IllegalArgumentException with a reason that quotes the faulty part
    public static ConfiguredResources of(String setting, Role defaultRole, Path workDirectory) {
        var said = setting.startsWith(FILE) ? file(setting) : setting;
        boolean isJson = said.stripLeading().startsWith("[");
        var text = isJson ? setting : MachineResources.complete(said, workDirectory);
        var all =
                isJson
                        ? completed(json(said, defaultRole), defaultRole, workDirectory)
                        : plain(text, defaultRole);
        for (var kind : all.kinds()) check(kind, workDirectory);
        return new ConfiguredResources(text, WRITING.write(all));
    }

    private static String file(String setting) {
        var path = Path.of(setting.substring(FILE.length()));
        try {
            if (Files.size(path) > FILE_BYTES_MAX)
                throw new IllegalArgumentException(path + " has more than 1 MiB");
            return Files.readString(path).strip();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("can't read " + path, unreadable);
        }
    }

    private static Resources json(String text, Role defaultRole) {
        try {
            var wire = new ArrayList<Resource>();
            for (var each : ResourceJson.list(text))
                wire.add(isSilent(each) ? of(each, defaultRole) : each);
            return ResourceReading.read(wire);
        } catch (UnreadableJson | InvalidResource invalid) {
            throw new IllegalArgumentException(invalid.getMessage(), invalid);
        }
    }

    /// Whether it does not say whose it is.
    @SuppressWarnings("deprecation") // both forms are read
    private static boolean isSilent(Resource wire) {
        return !wire.hasRole() && wire.getReservationsCount() == 0;
    }

    @SuppressWarnings("deprecation") // both forms are read
    private static Resource of(Resource wire, Role role) {
        return wire.toBuilder().setRole(role.name()).build();
    }

    private static Resources plain(String text, Role defaultRole) {
        var all = Resources.EMPTY;
        for (var part : SEMICOLON.split(text, -1)) {
            var read = Resources.parse(part);
            boolean isSilent = part.indexOf('(') < 0;
            all = all.plus(isSilent ? reserved(read, defaultRole) : read);
        }
        return all;
    }

    private static Resources reserved(Resources resources, Role role) {
        if (role.equals(Role.ANY)) return resources;
        var reservation = Reservation.ofStatic(role);
        return Resources.of(
                resources.stream()
                        .map(each ->
                                new io.meseta.model.Resource(
                                        each.kind().reserved(reservation), each.amount()))
                        .toList());
    }

    /// With what the machine is found to have of what is not named at all.
    private static Resources completed(Resources said, Role defaultRole, Path workDirectory) {
        var named = new TreeSet<String>();
        for (var kind : said.kinds()) named.add(kind.name());
        var found = Resources.parse(MachineResources.complete("", workDirectory));
        var missing = found.filter(each -> !named.contains(each.kind().name()));
        return said.plus(reserved(missing, defaultRole));
    }

    /// Settings say what the machine is, and nothing that came about later.
    private static void check(ResourceKind kind, Path workDirectory) {
        if (kind.revocable()) throw new IllegalArgumentException(kind + " can't be revocable");
        if (kind.isPersistentVolume())
            throw new IllegalArgumentException(kind + " is a persistent volume: it is made later");
        for (var reservation : kind.reservations())
            if (reservation.type() == Reservation.Type.DYNAMIC)
                throw new IllegalArgumentException(
                        kind + " is reserved dynamically, which settings can't do");
        kind.disk().flatMap(Disk::source).ifPresent(source -> check(source, workDirectory));
    }

    private static void check(DiskSource source, Path workDirectory) {
        var root =
                switch (source.type()) {
                    case PATH, MOUNT -> source.root();
                    case BLOCK, RAW ->
                            throw new IllegalArgumentException(
                                    "disks of type "
                                            + source.type()
                                            + " come with resource"
                                            + " providers alone");
                };
        if (root.isEmpty())
            throw new IllegalArgumentException("a disk of type " + source.type() + " has no root");
        var path = workDirectory.resolve(root.get()).normalize();
        boolean isWhole = source.type() == DiskSource.Type.MOUNT;
        // All that is on it is deleted with its volume.
        if (isWhole && workDirectory.startsWith(path))
            throw new IllegalArgumentException(
                    "the disk " + path + " holds the agent's own directory");
        if (!Files.isDirectory(path))
            throw new IllegalArgumentException("the disk " + path + " is not there");
    }
}
