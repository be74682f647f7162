package io.meseta.allocator;

import io.meseta.allocator.quota.Allowances;
import io.meseta.allocator.quota.Meter;
import io.meseta.allocator.want.Shortage;
import io.meseta.allocator.want.Want;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.quota.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What somebody could have if others ended what they run. Used once, by one thread: it remembers
/// what it is told has [#ended].
public final class Prospects {

    private final Supply supply;
    private final Demand demand;
    private final Refusals refusals;
    private final Allowances allowances;

    /// An active framework in one of its roles.
    ///
    /// @param wants what it has said it needs in the role
    /// @param isOpen whether it takes anything in the role, not only what it has said it needs
    public record Seeker(FrameworkId framework, Role role, List<Want> wants, boolean isOpen) {

        public Seeker {
            wants = List.copyOf(wants);
        }
    }

    /// An agent with what the seeker could take there at once.
    public record Opening(AgentId agent, Resources free) {}

    private Prospects(Pool pool) {
        supply = pool.supply;
        demand = pool.demand;
        refusals = pool.refusals;
        allowances = new Allowances(demand.quotas(), demand.lenders(), supply.meter());
    }

    public static Prospects of(Pool pool) {
        return new Prospects(pool);
    }

    /// How many agents there are, which is what each question costs.
    public int agents() {
        return supply.seats().size();
    }

    /// Those who would take something, in the order of frameworks and roles. Whoever has too many
    /// offers to answer is not among them.
    public List<Seeker> seekers() {
        var seekers = new ArrayList<Seeker>();
        demand.members()
                .forEach((framework, member) -> {
                    if (isSated(member)) return;
                    for (var role : member.traits().roles()) {
                        if (!member.asksIn(role)) continue;
                        var wants =
                                member.wants().stream().filter(want -> want.role().equals(role));
                        boolean isOpen = !member.traits().suppressed().contains(role);
                        seekers.add(new Seeker(framework, role, wants.toList(), isOpen));
                    }
                });
        return seekers;
    }

    private boolean isSated(Demand.Member member) {
        return !demand.rules().isUnlimited()
                && member.offered().shareOf(supply.total()) >= demand.rules().outstandingMax();
    }

    /// The agents that nothing but their users keeps from the seeker, in the order of ids: it may
    /// see them, has refused nothing there, and they are kept for nobody.
    ///
    /// @param needed in one piece, and not more than the agent has
    public List<Opening> openings(Seeker seeker, Resources needed, Optional<AgentId> only) {
        var member = demand.members().get(seeker.framework());
        if (member == null) return List.of();
        var entitlement = new Entitlement(seeker.role(), member.traits());
        var refused = refusals.of(new Claimant(seeker.framework(), seeker.role()));
        var openings = new ArrayList<Opening>();
        for (var entry : supply.seats().entrySet()) {
            var seat = entry.getValue();
            if (only.isPresent() && !only.get().equals(entry.getKey())) continue;
            if (!seat.isActive() || seat.keptFor() != null || refused.isOn(seat.number())) continue;
            if (!entitlement.coversGpus(seat)
                    || !entitlement.coversRegion(seat)
                    || entitlement.lackingIn(seat).isPresent()
                    || !entitlement.meetsConstraints(seat)) continue;
            // Most have too little by far: the whole is quicker looked at than its parts.
            if (!Shortage.none(needed, seat.total())) continue;
            if (!Shortage.none(needed, entitlement.of(seat.total()))) continue;
            openings.add(new Opening(entry.getKey(), entitlement.of(seat.free())));
        }
        return openings;
    }

    /// The part that the seeker could take once somebody else has freed it.
    public Resources usable(Seeker seeker, Resources freed) {
        var member = demand.members().get(seeker.framework());
        if (member == null) return Resources.EMPTY;
        var unshared = freed.filter(each -> !each.kind().shared());
        return new Entitlement(seeker.role(), member.traits()).of(unshared);
    }

    /// Whether the role would still have all that it is guaranteed without this.
    public boolean isBeyondGuarantee(Role role, Resources held) {
        var allowance = allowances.of(role);
        if (allowance == null) return true;
        return Meter.counted(held).byName().entrySet().stream()
                .allMatch(each -> allowance.excess(each.getKey()) >= each.getValue());
    }

    /// Whether quota would let the role have it once all of those have ended.
    public boolean isAllowed(Role role, Resources needed, List<Grant> ends) {
        var before = allowances.required();
        for (var end : ends) ended(end);
        // What others need for their guarantees must not be what was taken from them.
        boolean isAllowed = before.contains(allowances.required()) && isAllowed(role, needed);
        for (var end : ends) allowances.take(allowances.of(end.role()), end.resources());
        return isAllowed;
    }

    private boolean isAllowed(Role role, Resources needed) {
        var allowance = allowances.of(role);
        for (var each : Meter.counted(needed).byName().entrySet()) {
            long amount = each.getValue();
            if (allowance != null && allowance.left(each.getKey()) < amount) return false;
            long owed = allowance == null ? 0 : allowance.owed().amount(each.getKey());
            if (owed < amount && allowances.surplus(each.getKey()) < amount) return false;
        }
        return true;
    }

    /// What the role is guaranteed and can't be given, since others have it.
    public Quantities lacking(Role role) {
        var allowance = allowances.of(role);
        if (allowance == null || !allowance.role.equals(role)) return Quantities.NONE;
        var owed = allowance.owed();
        var lacking = new TreeMap<String, Long>();
        allowances
                .lacking()
                .byName()
                .forEach((name, amount) -> lacking.put(name, Math.min(amount, owed.amount(name))));
        return Quantities.of(lacking);
    }

    /// Counts as free from now on.
    public void ended(Grant grant) {
        allowances.giveBack(allowances.of(grant.role()), grant.resources());
    }
}
