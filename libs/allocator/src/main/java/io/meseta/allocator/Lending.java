package io.meseta.allocator;

import io.meseta.allocator.quota.Allowances;
import io.meseta.allocator.rule.Sharing;
import io.meseta.model.Role;
import io.meseta.model.quota.Quantities;

/// Who has what of what others are guaranteed, at one moment.
public final class Lending {

    private final Demand demand;
    private final Allowances allowances;

    Lending(Demand demand, Allowances allowances) {
        this.demand = demand;
        this.allowances = allowances;
    }

    /// What roles that lend want back, and others have: their owner takes back what can be taken.
    public Quantities reclaimed() {
        boolean isLending = demand.sharings().values().stream().anyMatch(Sharing::lends);
        return isLending ? allowances.lacking() : Quantities.NONE;
    }

    /// What others have of what roles lend at the moment.
    public Quantities borrowed() {
        return demand.lenders().isEmpty() ? Quantities.NONE : allowances.borrowed();
    }

    /// Takes a grant back for what lacks, if its role has any of that beyond its own guarantee; the
    /// next question is answered as if it were free.
    public boolean takeBack(Grant grant, Quantities lacking) {
        if (!allowances.isBeyond(grant.role(), grant.resources(), lacking)) return false;
        allowances.giveBack(allowances.of(grant.role()), grant.resources());
        return true;
    }

    /// Whether any of what lacks is owed to the role.
    public boolean isOwed(Role role, Quantities lacking) {
        return allowances.isOwed(role, lacking);
    }
}
