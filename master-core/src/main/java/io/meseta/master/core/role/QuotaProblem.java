package io.meseta.master.core.role;

import io.meseta.model.Role;
import io.meseta.model.quota.Limits;
import io.meseta.model.quota.Quantities;

/// Why a quota can't be as it is wanted.
public sealed interface QuotaProblem {

    /// The role consumes more already than it would be allowed to.
    record LimitPassed(Role role, Quantities consumed, Limits limits) implements QuotaProblem {}

    /// The roles below are promised more together than the role itself.
    record GuaranteesPassed(Role role, Quantities guarantees, Quantities below)
            implements QuotaProblem {}

    /// The role would be allowed more than a role above it.
    record LimitsPassed(Role role, Limits limits, Role above, Limits limitsAbove)
            implements QuotaProblem {}

    /// All roles together would be promised more than there is.
    record Overcommitted(Quantities guarantees, Quantities capacity) implements QuotaProblem {}

    /// The role has a quota, which would have to be removed first.
    record QuotaPresent(Role role) implements QuotaProblem {}

    record QuotaAbsent(Role role) implements QuotaProblem {}
}
