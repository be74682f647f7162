package io.meseta.master.core.framework;

import static java.util.Collections.emptySortedMap;
import static java.util.Collections.unmodifiableSet;
import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Collections.unmodifiableSortedSet;

import io.meseta.allocator.MinAllocatable;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.Opaque;
import io.meseta.model.Principal;
import io.meseta.model.Role;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a framework says of itself, as far as decisions need it; the rest stays in `wire`.
///
/// @param identity what may not change in the framework's life
/// @param roles never empty; `*` alone for a framework that names none
/// @param failoverTimeout how long it may stay away before its tasks are killed
/// @param minAllocatable what is worth an offer to it at least, for the roles where it says so
/// @param wire its `FrameworkInfo` as it came, without an id
public record FrameworkProfile(
        Identity identity,
        String name,
        SortedSet<Role> roles,
        Set<FrameworkCapability> capabilities,
        Duration failoverTimeout,
        SortedMap<Role, MinAllocatable> minAllocatable,
        Opaque wire) {

    /// The parts of a `FrameworkInfo` that stay as they were first said.
    public record Identity(String user, Optional<Principal> principal, boolean checkpoint) {}

    public FrameworkProfile {
        if (roles.isEmpty()) throw new IllegalArgumentException("a framework has a role");
        if (failoverTimeout.isNegative())
            throw new IllegalArgumentException("a failover timeout is not negative");
        roles = unmodifiableSortedSet(new TreeSet<>(roles));
        var copy = EnumSet.noneOf(FrameworkCapability.class);
        copy.addAll(capabilities);
        capabilities = unmodifiableSet(copy);
        minAllocatable = unmodifiableSortedMap(new TreeMap<>(minAllocatable));
    }

    /// Of a framework that is content with what is usually worth an offer.
    public FrameworkProfile(
            Identity identity,
            String name,
            SortedSet<Role> roles,
            Set<FrameworkCapability> capabilities,
            Duration failoverTimeout,
            Opaque wire) {
        this(identity, name, roles, capabilities, failoverTimeout, emptySortedMap(), wire);
    }

    public boolean can(FrameworkCapability capability) {
        return capabilities.contains(capability);
    }

    /// This profile on behalf of a framework that has already said who it is.
    ///
    /// A later subscription that names another user or another checkpointing is not refused: Mesos
    /// keeps the first ones without a word.
    FrameworkProfile keeping(Identity first) {
        return new FrameworkProfile(
                first, name, roles, capabilities, failoverTimeout, minAllocatable, wire);
    }
}
