package io.meseta.allocator;

import io.meseta.allocator.want.GangSet;
import io.meseta.model.FrameworkId;
import java.util.List;

/// What is held for gangs: allocated as what is offered is, and shown to nobody.
///
/// A framework that has less than its part of the cluster is given whole sets as they become free,
/// and they are held until all are there; beyond its part, and beyond what may be held, it is given
/// those that lack only all at once, of what nobody else has taken. The pool's owner decides for
/// how long they are held.
public final class Holding {

    /// So much of any scalar in the cluster may be held for a role: the rest is for those who use
    /// it at once.
    public static final double PART_MAX = 0.5;

    private Holding() {}

    /// The pool in which the framework seeks these sets, and no others. An inactive one seeks
    /// nothing.
    public static Pool seeking(Pool pool, FrameworkId framework, List<GangSet> sets) {
        var member = pool.demand.members().get(framework);
        if (member == null || (member.seeking().sets().isEmpty() && sets.isEmpty())) return pool;
        if (member.seeking().sets().equals(sets)) return pool;
        var next = member.seeking(member.seeking().seeking(sets));
        var sought =
                new Pool(
                        pool.supply,
                        pool.demand.with(framework, next),
                        pool.refusals,
                        pool.unsettled);
        return again(sought, framework);
    }

    /// The pool in which the framework may take something anywhere: whoever gathers nothing any
    /// more takes other things, too.
    public static Pool again(Pool pool, FrameworkId framework) {
        var member = pool.demand.members().get(framework);
        if (member == null || !member.isActive()) return pool;
        return pool.changed(pool.unsettled.plus(framework));
    }

    /// The pool in which the framework has refused nothing in the roles of these sets.
    public static Pool unrefused(Pool pool, FrameworkId framework, List<GangSet> sets) {
        var left = pool.refusals;
        for (var set : sets) left = left.minus(new Claimant(framework, set.want().role()));
        return new Pool(pool.supply, pool.demand, left, pool.unsettled);
    }

    /// Counts the resources as held, and as offered.
    ///
    /// @throws IllegalArgumentException as for [Pool#allocated]
    public static Pool held(Pool pool, Grant grant) {
        return counted(pool.offered(grant), grant, 1);
    }

    /// Counts what was held as free; an unknown agent has nothing to free.
    ///
    /// @throws IllegalArgumentException as for [Pool#freed]
    public static Pool released(Pool pool, Grant grant) {
        return counted(pool.returned(grant), grant, -1);
    }

    private static Pool counted(Pool pool, Grant grant, int sign) {
        var member = pool.demand.members().get(grant.framework());
        if (member == null) return pool;
        var next = member.seeking(member.seeking().holding(grant.role(), grant.resources(), sign));
        return new Pool(
                pool.supply,
                pool.demand.counting(grant.framework(), next),
                pool.refusals,
                pool.unsettled);
    }

    /// Whether what is held could be offered now: its framework listens and takes such things of
    /// such agents, has not refused it, and the agent is there and kept for nobody.
    public static boolean stands(Pool pool, Grant grant) {
        var seat = pool.supply.seats().get(grant.agent());
        var member = pool.demand.members().get(grant.framework());
        if (seat == null || member == null || !seat.isActive() || !seat.fits()) return false;
        if (!member.isActive() || !member.traits().roles().contains(grant.role())) return false;
        if (seat.keptFor() != null) return false;
        var entitlement = new Entitlement(grant.role(), member.traits());
        return entitlement.coversGpus(seat)
                && entitlement.coversRegion(seat)
                && entitlement.lackingIn(seat).isEmpty()
                && entitlement.meetsConstraints(seat)
                && entitlement.of(grant.resources()).equals(grant.resources())
                && member.traits().minAllocatableFor(grant.role()).isMetBy(grant.resources())
                && !pool.refusals.of(grant.claimant()).hides(seat.number(), grant.resources());
    }
}
