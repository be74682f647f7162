package io.meseta.master.frameworks;

import io.meseta.allocator.MinAllocatable;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.wire.Sealed;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.OfferFilters;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Ids;
import io.meseta.model.Principal;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads what a framework says of itself, with Mesos' checks in Mesos' order.
final class FrameworkReading {

    /// The longest time that Mesos can say: 64 bits of nanoseconds.
    private static final double SECONDS_MAX = Long.MAX_VALUE / 1e9;

    private static final double NANOS_PER_SECOND = 1e9;

    private FrameworkReading() {}

    static FrameworkProfile read(FrameworkInfo info) throws Unacceptable {
        var capabilities = capabilities(info);
        var roles = roles(info, capabilities.contains(FrameworkCapability.MULTI_ROLE));
        checkId(info);
        for (var filters : info.getOfferFiltersMap().values()) check(filters);
        return new FrameworkProfile(
                new FrameworkProfile.Identity(
                        info.getUser(), principal(info), info.getCheckpoint()),
                info.getName(),
                roles,
                capabilities,
                failoverTimeout(info),
                minAllocatable(info),
                Sealed.seal(info.toBuilder().clearId().build()));
    }

    static Optional<FrameworkId> id(FrameworkInfo info) {
        var value = info.getId().getValue();
        return value.isEmpty() ? Optional.empty() : Optional.of(new FrameworkId(value));
    }

    /// The roles for which the framework wants no offers to begin with.
    static SortedSet<Role> suppressed(FrameworkInfo info, Collection<String> names)
            throws Unacceptable {
        var own = names(info);
        var foreign = new TreeSet<>(names);
        foreign.removeAll(own);
        if (!foreign.isEmpty())
            throw new Unacceptable(
                    "Suppressed roles "
                            + listed(foreign)
                            + " are not contained in the set of roles");
        var roles = new TreeSet<Role>();
        for (var name : names) roles.add(new Role(name));
        // A framework with several roles of which it names none gets no offers at all; the core,
        // where everyone has a role, knows it as one that wants none for `*`.
        if (own.isEmpty()) roles.add(Role.ANY);
        return roles;
    }

    /// The names of the framework's roles as it said them.
    @SuppressWarnings(
            "deprecation") // a framework without MULTI_ROLE has no other way to say its role
    static Set<String> names(FrameworkInfo info) {
        return isMultiRole(info) ? new TreeSet<>(info.getRolesList()) : Set.of(info.getRole());
    }

    private static boolean isMultiRole(FrameworkInfo info) {
        return info.getCapabilitiesList().stream()
                .anyMatch(each -> each.getType() == FrameworkInfo.Capability.Type.MULTI_ROLE);
    }

    private static Set<FrameworkCapability> capabilities(FrameworkInfo info) {
        var all = EnumSet.noneOf(FrameworkCapability.class);
        for (var each : info.getCapabilitiesList())
            if (each.getType() != FrameworkInfo.Capability.Type.UNKNOWN)
                all.add(FrameworkCapability.valueOf(each.getType().name()));
        return all;
    }

    @SuppressWarnings(
            "deprecation") // a framework without MULTI_ROLE has no other way to say its role
    private static SortedSet<Role> roles(FrameworkInfo info, boolean isMultiRole)
            throws Unacceptable {
        if (isMultiRole && info.hasRole())
            throw new Unacceptable(
                    "'FrameworkInfo.role' must not be set when the"
                            + " framework is MULTI_ROLE capable");
        if (!isMultiRole && info.getRolesCount() > 0)
            throw new Unacceptable(
                    "'FrameworkInfo.roles' must not be set when the"
                            + " framework is not MULTI_ROLE capable");
        var roles = new TreeSet<Role>();
        if (!isMultiRole) {
            roles.add(role(info.getRole(), "'FrameworkInfo.role' is not a valid role: "));
            return roles;
        }
        checkDuplicates(info.getRolesList());
        for (var name : info.getRolesList())
            roles.add(role(name, "'FrameworkInfo.roles' contains invalid role: "));
        if (roles.isEmpty()) roles.add(Role.ANY);
        return roles;
    }

    private static void checkDuplicates(Collection<String> names) throws Unacceptable {
        var seen = new HashSet<String>();
        var twice = new TreeSet<String>();
        for (var name : names) if (!seen.add(name)) twice.add(name);
        if (!twice.isEmpty())
            throw new Unacceptable(
                    "'FrameworkInfo.roles' contains duplicate items: " + listed(twice));
    }

    private static Role role(String name, String words) throws Unacceptable {
        var problem = Role.problem(name);
        if (problem.isPresent()) throw new Unacceptable(words + problem.get());
        return new Role(name);
    }

    private static void checkId(FrameworkInfo info) throws Unacceptable {
        var value = info.getId().getValue();
        var problem = value.isEmpty() ? Optional.<String>empty() : Ids.problem(value);
        if (problem.isPresent()) throw new Unacceptable(problem.get());
    }

    private static void check(OfferFilters filters) throws Unacceptable {
        for (var quantities : filters.getMinAllocatableResources().getQuantitiesList()) {
            if (quantities.getQuantitiesCount() == 0)
                throw new Unacceptable("Resource quantities must contain at least one quantity");
            for (var quantity : quantities.getQuantitiesMap().entrySet())
                check(quantity.getKey(), quantity.getValue().getValue());
        }
    }

    /// What is worth an offer to the framework at least, for the roles where it says so.
    private static SortedMap<Role, MinAllocatable> minAllocatable(FrameworkInfo info) {
        var byRole = new TreeMap<Role, MinAllocatable>();
        for (var entry : info.getOfferFiltersMap().entrySet()) {
            var name = entry.getKey();
            // What can't be a role is none of the framework's, and for others it says nothing.
            if (!entry.getValue().hasMinAllocatableResources() || Role.problem(name).isPresent())
                continue;
            var any =
                    entry.getValue().getMinAllocatableResources().getQuantitiesList().stream()
                            .map(FrameworkReading::quantities)
                            .toList();
            byRole.put(new Role(name), new MinAllocatable(any));
        }
        return byRole;
    }

    private static SortedMap<String, Long> quantities(OfferFilters.ResourceQuantities wire) {
        var quantities = new TreeMap<String, Long>();
        // More than there can be of anything is as much as too much.
        wire.getQuantitiesMap()
                .forEach((name, value) ->
                        quantities.put(
                                name,
                                Scalar.ofWire(Math.min(value.getValue(), Scalar.WIRE_MAX))
                                        .thousandths()));
        return quantities;
    }

    private static void check(String name, double value) throws Unacceptable {
        var words = "Invalid resource quantity for '" + name + "': ";
        if (Double.isNaN(value)) throw new Unacceptable(words + "NaN not supported");
        if (Double.isInfinite(value))
            throw new Unacceptable(words + "Infinite values not supported");
        if (value < 0) throw new Unacceptable(words + "Negative values not supported");
    }

    /// A negative time is over at once.
    private static Duration failoverTimeout(FrameworkInfo info) throws Unacceptable {
        double seconds = info.getFailoverTimeout();
        if (Double.isNaN(seconds) || Math.abs(seconds) > SECONDS_MAX)
            throw new Unacceptable(
                    "The framework failover_timeout (" + Numbers.brief(seconds) + ") is invalid");
        return Duration.ofNanos(Math.max(0, (long) (seconds * NANOS_PER_SECOND)));
    }

    private static Optional<Principal> principal(FrameworkInfo info) {
        return info.hasPrincipal() && !info.getPrincipal().isEmpty()
                ? Optional.of(new Principal(info.getPrincipal()))
                : Optional.empty();
    }

    static String listed(Collection<String> names) {
        return "{ " + String.join(", ", names) + " }";
    }
}
