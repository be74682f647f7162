package io.meseta.allocator;

import io.meseta.allocator.departure.Departures;
import io.meseta.allocator.quota.Withheld;
import io.meseta.allocator.rule.Rules;
import io.meseta.allocator.rule.Sharing;
import io.meseta.allocator.want.Seeking;
import io.meseta.allocator.want.Shortage;
import io.meseta.allocator.want.Want;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Weight;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.pcollections.TreePMap;

/// The frameworks, what roles may have, and the rules of sharing.
///
/// @param lenders the roles that lend what they are guaranteed now: see [Sharing#lends]
/// @param departures the agents that will be away soon: see [Leaving]
record Demand(
        TreePMap<FrameworkId, Member> members,
        TreePMap<Role, Weight> weights,
        TreePMap<Role, Quota> quotas,
        TreePMap<Role, Sharing> sharings,
        Rules rules,
        SortedSet<Role> lenders,
        Departures departures) {

    static final Demand NONE =
            new Demand(
                    TreePMap.empty(),
                    TreePMap.empty(),
                    TreePMap.empty(),
                    TreePMap.empty(),
                    Rules.DEFAULT,
                    new TreeSet<>(),
                    Departures.NONE);

    /// A framework. An inactive one is offered nothing.
    ///
    /// @param offered what it has been offered and has not answered; counted only where there is a
    ///   limit to it
    /// @param wants what it has said it needs; whoever says nothing takes what comes
    /// @param seeking what it gathers for gangs
    record Member(
            FrameworkTraits traits,
            boolean isActive,
            Quantities offered,
            List<Want> wants,
            Seeking seeking) {

        Member {
            wants = List.copyOf(wants);
        }

        Member(FrameworkTraits traits, boolean isActive) {
            this(traits, isActive, Quantities.NONE, List.of(), Seeking.NOTHING);
        }

        Member having(FrameworkTraits others) {
            return new Member(others, isActive, offered, wants, seeking);
        }

        /// One that is not active wants nothing.
        Member active(boolean is) {
            var sought = is ? seeking : seeking.seeking(List.of());
            return new Member(traits, is, offered, is ? wants : List.of(), sought);
        }

        Member wanting(List<Want> others) {
            return new Member(traits, isActive, offered, others, seeking);
        }

        Member offered(Quantities now) {
            return new Member(traits, isActive, now, wants, seeking);
        }

        Member seeking(Seeking others) {
            return new Member(traits, isActive, offered, wants, others);
        }

        /// Without its wants for these roles.
        Member contentIn(SortedSet<Role> roles) {
            if (wants.isEmpty()) return this;
            return wanting(wants.stream().filter(want -> !roles.contains(want.role())).toList());
        }

        /// Without the first want for which a task in the role was enough.
        Member met(Role role, Resources used) {
            for (var want : wants) {
                boolean isMet = want.role().equals(role) && Shortage.none(want.needed(), used);
                if (!isMet) continue;
                var left = new ArrayList<>(wants);
                left.remove(want);
                return wanting(left);
            }
            return this;
        }

        /// Whether it would take anything in the role.
        boolean asksIn(Role role) {
            if (!isActive || !traits.roles().contains(role)) return false;
            return !traits.suppressed().contains(role)
                    || seeking.isFor(role)
                    || wants.stream().anyMatch(want -> want.role().equals(role));
        }
    }

    Demand with(FrameworkId framework, Member member) {
        return new Demand(
                        members.plus(framework, member),
                        weights,
                        quotas,
                        sharings,
                        rules,
                        lenders,
                        departures)
                .lendingAnew();
    }

    Demand without(FrameworkId framework) {
        var left = departures.without(framework);
        return new Demand(members.minus(framework), weights, quotas, sharings, rules, lenders, left)
                .lendingAnew();
    }

    /// With a member that asks for no more and no less than before.
    Demand counting(FrameworkId framework, Member member) {
        return new Demand(
                members.plus(framework, member),
                weights,
                quotas,
                sharings,
                rules,
                lenders,
                departures);
    }

    Demand weighted(Role role, Weight weight) {
        return new Demand(
                members, weights.plus(role, weight), quotas, sharings, rules, lenders, departures);
    }

    /// A quota that neither promises nor forbids anything is none.
    Demand limited(Role role, Quota quota) {
        var next = quota.isNone() ? quotas.minus(role) : quotas.plus(role, quota);
        return new Demand(members, weights, next, sharings, rules, lenders, departures)
                .lendingAnew();
    }

    /// What is said of a role is remembered also if it is nothing: it may differ from what is said
    /// above.
    Demand sharing(Role role, Sharing sharing) {
        var next = sharings.plus(role, sharing);
        return new Demand(members, weights, quotas, next, rules, lenders, departures).lendingAnew();
    }

    Demand notSharing(Role role) {
        var next = sharings.minus(role);
        return new Demand(members, weights, quotas, next, rules, lenders, departures).lendingAnew();
    }

    Demand ruled(Rules others) {
        return new Demand(members, weights, quotas, sharings, others, lenders, departures);
    }

    Demand with(Departures others) {
        return new Demand(members, weights, quotas, sharings, rules, lenders, others);
    }

    double weight(Role role) {
        return weights.getOrDefault(role, Weight.DEFAULT).value();
    }

    /// The role's own, or of the nearest role above that has one.
    Sharing sharing(Role role) {
        if (sharings.isEmpty()) return Sharing.NONE;
        var own = sharings.get(role);
        if (own != null) return own;
        for (var above : role.ancestors()) {
            var its = sharings.get(above);
            if (its != null) return its;
        }
        return Sharing.NONE;
    }

    /// Whether some are offered what others are offered.
    boolean isOptimistic() {
        for (var each : sharings.values()) if (each.isOptimistic()) return true;
        return false;
    }

    /// Whether anyone seeks anything for a gang.
    boolean isGathering() {
        for (var member : members.values()) if (!member.seeking().sets().isEmpty()) return true;
        return false;
    }

    boolean hasWants() {
        return members.values().stream().anyMatch(member -> !member.wants().isEmpty());
    }

    /// Whether it matters what is offered and not answered.
    boolean countsOffers() {
        return !rules.isUnlimited() || !departures.isNone();
    }

    /// With more or less that its framework has been offered and has not answered.
    Demand outstanding(Grant grant, int sign) {
        var next =
                departures.isNone()
                        ? this
                        : with(departures.counting(grant.agent(), grant.framework(), sign));
        var member = members.get(grant.framework());
        if (member == null || rules.isUnlimited()) return next;
        var amount = Quantities.of(grant.resources());
        var now = sign > 0 ? member.offered().plus(amount) : member.offered().without(amount);
        return next.counting(grant.framework(), member.offered(now));
    }

    /// Whether the framework may have more than before, now that it has answered something.
    boolean mayHaveMore(FrameworkId framework, Withheld withheld) {
        return withheld.sated().contains(framework)
                || (withheld.spared().contains(framework) && departures.hand(framework) == 0);
    }

    List<FrameworkId> active() {
        return members.entrySet().stream()
                .filter(each -> each.getValue().isActive())
                .map(Map.Entry::getKey)
                .toList();
    }

    private Demand lendingAnew() {
        if (sharings.isEmpty() && lenders.isEmpty()) return this;
        return new Demand(members, weights, quotas, sharings, rules, idleLenders(), departures);
    }

    /// Roles with a quota which lend and in which nobody asks for anything.
    private SortedSet<Role> idleLenders() {
        var idle = new TreeSet<Role>();
        for (var role : quotas.keySet()) if (sharing(role).lends()) idle.add(role);
        if (idle.isEmpty()) return idle;
        for (var member : members.values()) {
            for (var role : member.traits().roles()) {
                if (!member.asksIn(role)) continue;
                idle.remove(role);
                role.ancestors().forEach(idle::remove);
            }
        }
        return idle;
    }
}
