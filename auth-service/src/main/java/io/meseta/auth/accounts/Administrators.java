package io.meseta.auth.accounts;

import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import io.meseta.authorization.starter.StarterPolicies;

/// Sees to it that somebody can still administer the cluster after a change.
final class Administrators {

    private final Accounts accounts;
    private final Memberships memberships;

    Administrators(Accounts accounts, Memberships memberships) {
        this.accounts = accounts;
        this.memberships = memberships;
    }

    /// To be called within the change, when all is as it would be.
    void check() {
        var group = memberships.find(StarterPolicies.ADMINISTRATORS);
        var isSomebodyLeft =
                group.isPresent()
                        && group.get().members().stream()
                                .anyMatch(name ->
                                        accounts.find(name).filter(Account::isUsable).isPresent());
        if (isSomebodyLeft) return;
        throw new Refused(
                new Refusal.Conflict(
                        "Nobody in the group '%s' could sign in after that: add another first."
                                .formatted(StarterPolicies.ADMINISTRATORS)));
    }
}
