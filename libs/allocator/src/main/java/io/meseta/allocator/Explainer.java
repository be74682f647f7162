package io.meseta.allocator;

import static io.meseta.allocator.Veto.Permanence.NEVER;
import static io.meseta.allocator.Veto.Permanence.NOT_NOW;

import io.meseta.allocator.quota.Allowance;
import io.meseta.allocator.quota.Allowances;
import io.meseta.allocator.quota.Meter;
import io.meseta.allocator.want.Shortage;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.quota.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Says of each rule that an allocation obeys whether it stands against a demand.
final class Explainer {

    private static final FrameworkId NOBODY = new FrameworkId("nobody");

    private final Supply supply;
    private final Demand demand;
    private final Refusals refusals;
    private final Allowances allowances;

    Explainer(Supply supply, Demand demand, Refusals refusals) {
        this.supply = supply;
        this.demand = demand;
        this.refusals = refusals;
        this.allowances = new Allowances(demand.quotas(), demand.lenders(), supply.meter());
    }

    /// Of a framework that is not there; it is for whoever asks to leave out all refusals.
    Explanation explain(Role role, FrameworkTraits traits, Resources needed) {
        var nobody = new Claimant(NOBODY, role);
        var byAgent = new TreeMap<AgentId, List<Veto>>();
        for (var entry : supply.seats().entrySet())
            byAgent.put(entry.getKey(), vetoes(entry.getValue(), nobody, traits, needed));
        return new Explanation(List.of(), byAgent);
    }

    Explanation explain(Claimant claimant, Resources needed) {
        var everywhere = new ArrayList<Veto>();
        var byAgent = new TreeMap<AgentId, List<Veto>>();
        var member = demand.members().get(claimant.framework());
        if (member == null) {
            everywhere.add(new Veto.UnknownFramework(claimant.framework()));
            return new Explanation(everywhere, byAgent);
        }
        var traits = member.traits();
        if (!member.isActive()) everywhere.add(new Veto.FrameworkInactive());
        if (!traits.roles().contains(claimant.role())) {
            everywhere.add(new Veto.RolesDiffer(claimant.role()));
        }
        if (traits.suppressed().contains(claimant.role())) {
            everywhere.add(new Veto.Suppressed(claimant.role()));
        }
        if (member.seeking().isFor(claimant.role()))
            everywhere.add(new Veto.Gathering(claimant.role()));
        boolean isSated =
                member.offered().shareOf(supply.total()) >= demand.rules().outstandingMax();
        if (isSated && !demand.rules().isUnlimited())
            everywhere.add(new Veto.Sated(demand.rules().outstandingMax()));
        for (var entry : supply.seats().entrySet()) {
            byAgent.put(entry.getKey(), vetoes(entry.getValue(), claimant, traits, needed));
        }
        return new Explanation(everywhere, byAgent);
    }

    private List<Veto> vetoes(
            Seat seat, Claimant claimant, FrameworkTraits traits, Resources needed) {
        var entitlement = new Entitlement(claimant.role(), traits);
        var vetoes = new ArrayList<Veto>();
        if (!seat.isActive()) vetoes.add(new Veto.AgentInactive());
        if (!entitlement.coversGpus(seat)) vetoes.add(new Veto.GpuReserved());
        if (!entitlement.coversRegion(seat)) vetoes.add(new Veto.RemoteRegion());
        entitlement.lackingIn(seat).map(Veto.AgentLacks::new).ifPresent(vetoes::add);
        if (!entitlement.meetsConstraints(seat)) vetoes.add(new Veto.Constrained(claimant.role()));
        if (isKept(seat, claimant, entitlement)) vetoes.add(new Veto.Kept());
        if (isSpared(seat, claimant, entitlement)) vetoes.add(new Veto.Leaving());

        var free = entitlement.of(seat.free());
        var available = free.isEmpty() ? free : free.plus(entitlement.of(seat.shared()));
        addShortages(needed, available, entitlement.of(seat.total()), vetoes);
        if (vetoes.stream().anyMatch(Veto.NotEnough.class::isInstance)) {
            addHidden(needed, seat.total().filter(entitlement::isForRole), traits, vetoes);
        }
        if (allowances.isIdle()) {
            addFilters(claimant, traits, seat, available, vetoes);
        } else {
            addQuota(claimant, traits, seat, needed, vetoes);
        }
        return vetoes;
    }

    /// Also from the claimant itself, until there is enough for what it waits for.
    private boolean isKept(Seat seat, Claimant claimant, Entitlement entitlement) {
        if (seat.keptFor() == null) return false;
        if (seat.isKeptFrom(claimant)) return true;
        var agent = supply.byNumber().get(seat.number());
        var member = demand.members().get(claimant.framework());
        return agent == null
                || member == null
                || member.wants().stream()
                        .filter(want -> want.role().equals(claimant.role()))
                        .noneMatch(want -> want.isMetBy(agent, entitlement.of(seat.free())));
    }

    /// Whether the agent will be away soon, and the claimant's framework has others to answer
    /// first.
    private boolean isSpared(Seat seat, Claimant claimant, Entitlement entitlement) {
        var departures = demand.departures();
        if (departures.hand(claimant.framework()) == 0 || seat.keptFor() != null) return false;
        var agent = supply.byNumber().get(seat.number());
        if (agent == null || !departures.isLeaving(agent)) return false;
        var member = demand.members().get(claimant.framework());
        boolean isSteered =
                member != null
                        && member.wants().stream()
                                .anyMatch(want -> want.role().equals(claimant.role()));
        return !isSteered && !entitlement.hasReserved(seat.free());
    }

    /// False if the resources are not worth an offer, or are refused.
    private boolean addFilters(
            Claimant claimant,
            FrameworkTraits traits,
            Seat seat,
            Resources available,
            List<Veto> vetoes) {
        int before = vetoes.size();
        if (available.isEmpty() || !traits.minAllocatableFor(claimant.role()).isMetBy(available)) {
            vetoes.add(new Veto.BelowMinimum(available));
        }
        if (!available.isEmpty()) {
            refusals.of(claimant)
                    .hiddenUntil(seat.number(), available)
                    .map(Veto.Filtered::new)
                    .ifPresent(vetoes::add);
        }
        return vetoes.size() == before;
    }

    /// By quota a claimant is given what it is owed and then what is open to all, each of which may
    /// be too little by itself, or refused.
    private void addQuota(
            Claimant claimant,
            FrameworkTraits traits,
            Seat seat,
            Resources needed,
            List<Veto> vetoes) {
        var entitlement = new Entitlement(claimant.role(), traits);
        var allowance = allowances.of(claimant.role());
        var free = entitlement.of(seat.free());
        var shared = entitlement.of(seat.shared());
        var again = new ArrayList<Veto>();
        var owed = allowances.owed(allowance, free);
        var first = owed.isEmpty() ? owed : owed.plus(shared);
        if (first.isEmpty() || !addFilters(claimant, traits, seat, first, again)) {
            owed = Resources.EMPTY;
            first = Resources.EMPTY;
        }
        allowances.take(allowance, owed);
        var open = allowances.open(allowance, free.without(owed));
        allowances.giveBack(allowance, owed);
        var second = open.isEmpty() || !first.isEmpty() ? open : open.plus(shared);
        if (second.isEmpty() || !addFilters(claimant, traits, seat, second, again)) {
            second = Resources.EMPTY;
        }
        var had = first.plus(second);
        if (free.isEmpty()) again.add(new Veto.BelowMinimum(free));
        if (!had.isEmpty() && Shortage.of(needed, had).isEmpty()) return;
        int before = vetoes.size();
        addQuotaShortages(allowance, needed, free, vetoes);
        // What quota keeps back explains why the rest is not worth an offer.
        if (vetoes.size() == before) vetoes.addAll(again);
    }

    private void addQuotaShortages(
            @Nullable Allowance allowance, Resources needed, Resources free, List<Veto> vetoes) {
        var reserved = free.filter(each -> !Meter.counts(each));
        for (var entry : needed.scalarTotals().entrySet()) {
            var name = entry.getKey();
            long wanted = entry.getValue() - reserved.scalar(name);
            if (wanted <= 0 || free.scalar(name) < entry.getValue()) continue;
            var limiting = allowance == null ? null : allowance.refusing(name, wanted);
            if (limiting != null) {
                boolean couldBe = limiting.quota.limits().left(name, Quantities.NONE) >= wanted;
                vetoes.add(
                        new Veto.QuotaLimit(
                                limiting.role,
                                name,
                                new Scalar(limiting.quota.limits().left(name, limiting.consumed())),
                                couldBe ? NOT_NOW : NEVER));
            }
            long own = allowance == null ? 0 : allowance.owed().amount(name);
            long surplus = allowances.surplus(name);
            if (surplus < wanted - own) vetoes.add(new Veto.Headroom(name, new Scalar(surplus)));
        }
    }

    private static void addShortages(
            Resources needed, Resources available, Resources atMost, List<Veto> vetoes) {
        for (var shortage : Shortage.of(needed, available)) {
            var alone = needed.filter(each -> each.kind().name().equals(shortage.name()));
            boolean couldBe = Shortage.of(alone, atMost).isEmpty();
            vetoes.add(
                    new Veto.NotEnough(
                            shortage.name(),
                            shortage.needed(),
                            shortage.available(),
                            couldBe ? NOT_NOW : NEVER));
        }
    }

    private static void addHidden(
            Resources needed, Resources forRole, FrameworkTraits traits, List<Veto> vetoes) {
        var names = needed.kinds().stream().map(ResourceKind::name).toList();
        var sought = forRole.filter(resource -> names.contains(resource.kind().name()));
        record Rule(FrameworkCapability capability, Predicate<Resource> needsIt) {}
        var rules =
                List.of(
                        new Rule(
                                FrameworkCapability.REVOCABLE_RESOURCES,
                                resource -> resource.kind().revocable()),
                        new Rule(
                                FrameworkCapability.SHARED_RESOURCES,
                                resource -> resource.kind().shared()),
                        new Rule(
                                FrameworkCapability.RESERVATION_REFINEMENT,
                                resource -> resource.kind().isRefined()));
        for (var rule : rules) {
            if (traits.has(rule.capability())) continue;
            var hidden = sought.filter(rule.needsIt());
            if (!hidden.isEmpty()) vetoes.add(new Veto.FrameworkLacks(rule.capability(), hidden));
        }
    }
}
