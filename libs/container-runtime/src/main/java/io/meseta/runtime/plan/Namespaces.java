package io.meseta.runtime.plan;

import java.util.List;

/// What of the machine a container sees. Mounts and cgroups are always its own.
///
/// @param users where its own, `userIds` and `groupIds` say who its users are outside, and the
///   root's files must belong to those
public record Namespaces(
        Namespace processes,
        Namespace ipc,
        Namespace hostname,
        Namespace network,
        Namespace users,
        List<IdRange> userIds,
        List<IdRange> groupIds) {

    /// All its own, but for the network and the users.
    public static final Namespaces STANDARD =
            new Namespaces(
                    Namespace.OWN,
                    Namespace.OWN,
                    Namespace.OWN,
                    Namespace.MACHINE,
                    Namespace.MACHINE,
                    List.of(),
                    List.of());

    /// A row of numbers in the container, and where that row begins outside.
    public record IdRange(long inside, long outside, long count) {
        public IdRange {
            Checks.notNegative(inside, "a number");
            Checks.notNegative(outside, "a number");
            Checks.require(
                    count > 0 && inside + count <= 1L << 32 && outside + count <= 1L << 32,
                    "%s numbers from %s",
                    count,
                    inside);
        }
    }

    public Namespaces {
        userIds = List.copyOf(userIds);
        groupIds = List.copyOf(groupIds);
        var isMapped = !userIds.isEmpty() && !groupIds.isEmpty();
        Checks.require(
                isMapped == (users instanceof Namespace.Own)
                        && userIds.isEmpty() == groupIds.isEmpty(),
                "users of its own and their numbers outside come together");
        Checks.require(
                groupIds.isEmpty() || groupIds.stream().anyMatch(range -> range.inside() == 0),
                "users of its own without a root");
    }

    /// Who the root of users of its own is outside, as a group.
    ///
    /// @throws IllegalStateException where it has none
    public long rootGroup() {
        for (var range : groupIds) if (range.inside() == 0) return range.outside();
        throw new IllegalStateException("its group 0 is nobody outside");
    }

    public Namespaces withProcesses(Namespace processes) {
        return new Namespaces(processes, ipc, hostname, network, users, userIds, groupIds);
    }

    public Namespaces withIpc(Namespace ipc) {
        return new Namespaces(processes, ipc, hostname, network, users, userIds, groupIds);
    }

    public Namespaces withHostname(Namespace hostname) {
        return new Namespaces(processes, ipc, hostname, network, users, userIds, groupIds);
    }

    public Namespaces withNetwork(Namespace network) {
        return new Namespaces(processes, ipc, hostname, network, users, userIds, groupIds);
    }

    /// With users of its own: all numbers below `count` become those from `outside` on.
    public Namespaces withUsersFrom(long outside, long count) {
        var range = List.of(new IdRange(0, outside, count));
        return new Namespaces(processes, ipc, hostname, network, Namespace.OWN, range, range);
    }
}
