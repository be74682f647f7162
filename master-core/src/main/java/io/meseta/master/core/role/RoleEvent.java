package io.meseta.master.core.role;

import io.meseta.allocator.rule.Sharing;
import io.meseta.model.Role;
import io.meseta.model.Weight;
import io.meseta.model.quota.Quota;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What can happen to roles. All of it is recorded.
public sealed interface RoleEvent {

    /// These roles have other weights than before. One that is back at 1 is remembered all the
    /// same.
    record WeightsUpdated(SortedMap<Role, Weight> weights, Instant at) implements RoleEvent {

        public WeightsUpdated {
            weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
        }
    }

    /// These roles have other quotas than before. One that promises and forbids nothing any more is
    /// remembered all the same.
    record QuotasUpdated(SortedMap<Role, Quota> quotas, Instant at) implements RoleEvent {

        public QuotasUpdated {
            quotas = Collections.unmodifiableSortedMap(new TreeMap<>(quotas));
        }
    }

    /// The role has no quota any more, and nothing remembers that it had one.
    record QuotaRemoved(Role role, Instant at) implements RoleEvent {}

    /// The role, and those below it of which nothing else is said, share in this way from now on.
    record SharingSet(Role role, Sharing sharing, Instant at) implements RoleEvent {}

    /// Nothing is said of how the role shares any more: it does as the one above it.
    record SharingRemoved(Role role, Instant at) implements RoleEvent {}
}
