package io.meseta.master.core.role;

import io.meseta.allocator.Grant;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.quota.Quantities;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What roles have, on all agents within reach: one look at a whole state. What a role has includes
/// what its sub-roles have.
public final class RoleUsage {

    private static final Figures NOTHING =
            new Figures(
                    Quantities.NONE,
                    Quantities.NONE,
                    Quantities.NONE,
                    Quantities.NONE,
                    Quantities.NONE);

    private final SortedMap<Role, Figures> figures = new TreeMap<>();
    private final SortedMap<Role, SortedSet<FrameworkId>> frameworks = new TreeMap<>();

    private RoleUsage() {}

    /// How much a role has; ranges and sets by how many values they hold.
    ///
    /// @param held the scalars of what is allocated and offered
    /// @param allocated in use
    /// @param offered to frameworks that have not answered yet
    /// @param reserved for the role, in use or not
    /// @param consumed of the role's quota: what is reserved for it, and what it uses besides.
    ///   Offers do not count, nor does what may be taken back
    public record Figures(
            Quantities held,
            Quantities allocated,
            Quantities offered,
            Quantities reserved,
            Quantities consumed) {

        private Figures plus(Figures more) {
            return new Figures(
                    held.plus(more.held),
                    allocated.plus(more.allocated),
                    offered.plus(more.offered),
                    reserved.plus(more.reserved),
                    consumed.plus(more.consumed));
        }
    }

    public static RoleUsage of(RolePremises premises) {
        var usage = new RoleUsage();
        for (var framework : premises.frameworks().values())
            for (var role : framework.profile().roles()) usage.member(role, framework.id());
        var offered = new LinkedHashMap<Place, Resources>();
        for (var offer : premises.offers().counted().toList()) {
            var grant = offer.grant();
            offered.merge(Place.of(grant), grant.resources(), Resources::plus);
        }
        for (var gathering : premises.offers().gangs().all())
            for (var grant : gathering.held().values())
                offered.merge(Place.of(grant), grant.resources(), Resources::plus);
        premises.pool().allocations().forEach(each -> usage.allocated(each, offered));
        for (var agent : premises.agents().values())
            if (!agent.isUnreachable()) usage.reserved(agent.profile().resources());
        for (var role : premises.roles().weights().keySet()) usage.add(role, NOTHING);
        for (var role : premises.roles().quotas().keySet()) usage.add(role, NOTHING);
        return usage;
    }

    /// Those that somebody is in, or has something in, or that have been given something, and those
    /// above them.
    public SortedSet<Role> roles() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(figures.keySet()));
    }

    public Figures of(Role role) {
        return figures.getOrDefault(role, NOTHING);
    }

    /// Those of the role itself, not of its sub-roles.
    public SortedSet<FrameworkId> frameworks(Role role) {
        return Collections.unmodifiableSortedSet(frameworks.getOrDefault(role, new TreeSet<>()));
    }

    private record Place(String agent, FrameworkId framework, Role role) {

        static Place of(Grant grant) {
            return new Place(grant.agent().value(), grant.framework(), grant.role());
        }
    }

    private void allocated(Grant all, Map<Place, Resources> offers) {
        var offered = offers.getOrDefault(Place.of(all), Resources.EMPTY);
        var used = all.resources().without(offered);
        var unreserved = used.filter(each -> !each.kind().isReserved() && !each.kind().revocable());
        member(all.role(), all.framework());
        add(
                all.role(),
                new Figures(
                        Quantities.of(all.resources()),
                        Quantities.counting(used),
                        Quantities.counting(offered),
                        Quantities.NONE,
                        Quantities.of(unreserved)));
    }

    private void reserved(Resources total) {
        var roles = new TreeSet<Role>();
        for (var kind : total.kinds()) kind.reservedRole().ifPresent(roles::add);
        for (var role : roles) {
            var resources = total.reservedTo(role);
            var firm = resources.filter(each -> !each.kind().revocable());
            add(
                    role,
                    new Figures(
                            Quantities.NONE,
                            Quantities.NONE,
                            Quantities.NONE,
                            Quantities.counting(resources),
                            Quantities.of(firm)));
        }
    }

    private void member(Role role, FrameworkId framework) {
        frameworks.computeIfAbsent(role, _ -> new TreeSet<>()).add(framework);
        add(role, NOTHING);
    }

    private void add(Role role, Figures more) {
        figures.merge(role, more, Figures::plus);
        for (var above : role.ancestors()) figures.merge(above, more, Figures::plus);
    }
}
