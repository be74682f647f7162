package io.meseta.auth.bundles.persistence;

import io.meseta.auth.accounts.Accounts;
import io.meseta.auth.accounts.Memberships;
import io.meseta.auth.bundles.BundleContent;
import io.meseta.auth.keys.KeysDesk;
import io.meseta.auth.keys.Purpose;
import io.meseta.auth.policies.PoliciesDesk;
import io.meseta.auth.revocations.Revocations;
import java.time.Instant;

/// Reads what a bundle is made of; within one transaction, or it would be of several moments.
final class BundleReading {

    private final String issuer;
    private final PoliciesDesk policies;
    private final Memberships memberships;
    private final Accounts accounts;
    private final KeysDesk keys;
    private final Revocations revocations;

    BundleReading(
            String issuer,
            PoliciesDesk policies,
            Memberships memberships,
            Accounts accounts,
            KeysDesk keys,
            Revocations revocations) {
        this.issuer = issuer;
        this.policies = policies;
        this.memberships = memberships;
        this.accounts = accounts;
        this.keys = keys;
        this.revocations = revocations;
    }

    /// @param at when the bundle is issued, which decides about keys: so two processes make the
    ///   same bundle of the same version
    BundleContent read(Instant at) {
        return new BundleContent(
                issuer,
                policies.present().texts(),
                memberships.all(),
                accounts.all(),
                keys.ring(Purpose.TOKEN).believed(at),
                keys.ring(Purpose.BUNDLE).believed(at),
                revocations.tokens(),
                revocations.notBefore());
    }
}
