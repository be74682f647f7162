package io.meseta.testkit.cluster;

import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.Opaque;
import io.meseta.model.Principal;
import io.meseta.model.Role;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// A framework as a test needs it: what is not said is as usual.
public record FrameworkDraft(
        SortedSet<Role> roles,
        Set<FrameworkCapability> capabilities,
        Duration patience,
        Optional<Principal> principal) {

    /// In the role `*`, aware of partitions, gone as soon as it hangs up.
    public static FrameworkDraft aFramework() {
        return new FrameworkDraft(
                new TreeSet<>(Set.of(Role.ANY)),
                Set.of(FrameworkCapability.PARTITION_AWARE),
                Duration.ZERO,
                Optional.empty());
    }

    public FrameworkDraft in(String... names) {
        var named = new TreeSet<Role>();
        for (var name : names) named.add(new Role(name));
        return new FrameworkDraft(named, capabilities, patience, principal);
    }

    public FrameworkDraft ableTo(FrameworkCapability... these) {
        var all = EnumSet.noneOf(FrameworkCapability.class);
        all.addAll(Arrays.asList(these));
        return new FrameworkDraft(roles, all, patience, principal);
    }

    /// It may stay away for so long.
    public FrameworkDraft patientFor(Duration time) {
        return new FrameworkDraft(roles, capabilities, time, principal);
    }

    public FrameworkDraft ownedBy(String name) {
        return new FrameworkDraft(roles, capabilities, patience, Optional.of(new Principal(name)));
    }

    public FrameworkProfile profile() {
        return new FrameworkProfile(
                new FrameworkProfile.Identity("root", principal, true),
                "a framework",
                roles,
                capabilities,
                patience,
                Opaque.EMPTY);
    }
}
