package io.meseta.agent.containers;

import io.meseta.agent.launch.Account;
import io.meseta.agent.launch.LaunchFailure;

/// The numbers on this machine that stand for a container's users, which count from 0 in there.
///
/// @param first of the container's root; users and groups alike
/// @param size how many there are
record UserRange(long first, long size) {

    UserRange {
        if (first < 1 || size < 1 || first + size > Integer.MAX_VALUE)
            throw new IllegalArgumentException("%s users from %s".formatted(size, first));
    }

    boolean overlaps(UserRange other) {
        return first < other.first + other.size && other.first < first + size;
    }

    /// Who a user of the container is on this machine.
    Account outside(Account inside) {
        if (inside.uid() >= size || inside.gid() >= size)
            throw new LaunchFailure(
                    "the user %s:%s is none of the %s that a container can have here"
                                    .formatted(inside.uid(), inside.gid(), size)
                            + " (meseta.agent.containers.users.size)");
        return new Account(
                inside.name(), first + inside.uid(), first + inside.gid(), inside.home());
    }
}
