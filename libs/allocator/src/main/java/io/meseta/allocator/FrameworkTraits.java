package io.meseta.allocator;

import io.meseta.allocator.constraint.OfferConstraints;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.Role;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What decides which resources a framework is offered.
///
/// @param roles those it takes resources for
/// @param suppressed those of its roles for which it wants no offers now
/// @param minAllocatable what it wants at least, for the roles where it differs from
///   [MinAllocatable#DEFAULT]
/// @param constraints of which agents it wants anything at all
public record FrameworkTraits(
        SortedSet<Role> roles,
        SortedSet<Role> suppressed,
        Set<FrameworkCapability> capabilities,
        SortedMap<Role, MinAllocatable> minAllocatable,
        OfferConstraints constraints) {

    public FrameworkTraits {
        roles = sorted(roles);
        suppressed = sorted(suppressed);
        var copy = EnumSet.noneOf(FrameworkCapability.class);
        copy.addAll(capabilities);
        capabilities = Collections.unmodifiableSet(copy);
        minAllocatable = Collections.unmodifiableSortedMap(new TreeMap<>(minAllocatable));
    }

    /// A framework that takes what it gets from any agent.
    public FrameworkTraits(
            SortedSet<Role> roles,
            SortedSet<Role> suppressed,
            Set<FrameworkCapability> capabilities,
            SortedMap<Role, MinAllocatable> minAllocatable) {
        this(roles, suppressed, capabilities, minAllocatable, OfferConstraints.NONE);
    }

    /// A framework of these roles with no capabilities.
    public static FrameworkTraits of(Role... roles) {
        return new FrameworkTraits(
                new TreeSet<>(Arrays.asList(roles)), new TreeSet<>(), Set.of(), new TreeMap<>());
    }

    /// The same with these capabilities instead.
    public FrameworkTraits capableOf(FrameworkCapability... these) {
        return new FrameworkTraits(
                roles,
                suppressed,
                new TreeSet<>(Arrays.asList(these)),
                minAllocatable,
                constraints);
    }

    /// The same with these wishes for offers in the place of its own.
    public FrameworkTraits wanting(SortedSet<Role> none, OfferConstraints others) {
        return new FrameworkTraits(roles, none, capabilities, minAllocatable, others);
    }

    FrameworkTraits suppressing(Collection<Role> more) {
        var all = new TreeSet<>(suppressed);
        all.addAll(more);
        all.retainAll(roles);
        return new FrameworkTraits(roles, all, capabilities, minAllocatable, constraints);
    }

    FrameworkTraits reviving(Collection<Role> these) {
        var fewer = new TreeSet<>(suppressed);
        fewer.removeAll(these);
        return new FrameworkTraits(roles, fewer, capabilities, minAllocatable, constraints);
    }

    MinAllocatable minAllocatableFor(Role role) {
        return minAllocatable.getOrDefault(role, MinAllocatable.DEFAULT);
    }

    boolean has(FrameworkCapability capability) {
        return capabilities.contains(capability);
    }

    private static SortedSet<Role> sorted(SortedSet<Role> roles) {
        var copy = new TreeSet<Role>();
        copy.addAll(roles);
        return Collections.unmodifiableSortedSet(copy);
    }
}
