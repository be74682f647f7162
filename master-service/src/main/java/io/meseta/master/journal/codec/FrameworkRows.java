package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.PlainRows.known;
import static io.meseta.master.journal.codec.PlainRows.require;
import static io.meseta.master.journal.codec.PlainRows.row;
import static io.meseta.master.journal.codec.PlainRows.toDuration;
import static io.meseta.master.journal.codec.PlainRows.toInstant;
import static io.meseta.master.journal.codec.PlainRows.toOpaque;

import io.meseta.allocator.MinAllocatable;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.FrameworkEvent;
import io.meseta.master.core.framework.FrameworkEvent.FrameworkDisconnected;
import io.meseta.master.core.framework.FrameworkEvent.FrameworkRegistered;
import io.meseta.master.core.framework.FrameworkEvent.FrameworkRemoved;
import io.meseta.master.core.framework.FrameworkEvent.FrameworkResubscribed;
import io.meseta.master.core.framework.FrameworkEvent.FrameworkUpdated;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.framework.Presence.Disconnected;
import io.meseta.master.journal.v1.EventRow;
import io.meseta.master.journal.v1.FrameworkDisconnectedRow;
import io.meseta.master.journal.v1.FrameworkProfileRow;
import io.meseta.master.journal.v1.FrameworkRegisteredRow;
import io.meseta.master.journal.v1.FrameworkRemovedRow;
import io.meseta.master.journal.v1.FrameworkResubscribedRow;
import io.meseta.master.journal.v1.FrameworkRow;
import io.meseta.master.journal.v1.FrameworkUpdatedRow;
import io.meseta.master.journal.v1.MinAllocatableRow;
import io.meseta.master.journal.v1.QuantitiesRow;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Principal;
import io.meseta.model.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Frameworks and what can happen to them.
final class FrameworkRows {

    private FrameworkRows() {}

    static EventRow of(FrameworkEvent event) {
        var row = EventRow.newBuilder();
        switch (event) {
            case FrameworkRegistered(var id, var profile, var at) ->
                    row.setFrameworkRegistered(
                            FrameworkRegisteredRow.newBuilder()
                                    .setFramework(id.value())
                                    .setProfile(of(profile))
                                    .setAt(row(at)));
            case FrameworkResubscribed(var id, var profile, var at) ->
                    row.setFrameworkResubscribed(
                            FrameworkResubscribedRow.newBuilder()
                                    .setFramework(id.value())
                                    .setProfile(of(profile))
                                    .setAt(row(at)));
            case FrameworkUpdated(var id, var profile, var at) ->
                    row.setFrameworkUpdated(
                            FrameworkUpdatedRow.newBuilder()
                                    .setFramework(id.value())
                                    .setProfile(of(profile))
                                    .setAt(row(at)));
            case FrameworkDisconnected(var id, var at, var deadline) ->
                    row.setFrameworkDisconnected(
                            FrameworkDisconnectedRow.newBuilder()
                                    .setFramework(id.value())
                                    .setAt(row(at))
                                    .setDeadline(row(deadline)));
            case FrameworkRemoved(var id, var at) ->
                    row.setFrameworkRemoved(
                            FrameworkRemovedRow.newBuilder()
                                    .setFramework(id.value())
                                    .setAt(row(at)));
            case FrameworkEvent.FrameworkConnected _,
                    FrameworkEvent.WishesChanged _,
                    FrameworkEvent.RolesSuppressed _,
                    FrameworkEvent.RolesRevived _,
                    FrameworkEvent.ResourcesRequested _ ->
                    throw EventRows.passing(event);
        }
        return row.build();
    }

    static FrameworkRegistered toEvent(FrameworkRegisteredRow row) {
        known(row);
        require(row.hasProfile() && row.hasAt(), "a registration's profile or time");
        return new FrameworkRegistered(
                new FrameworkId(row.getFramework()),
                toProfile(row.getProfile()),
                toInstant(row.getAt()));
    }

    static FrameworkResubscribed toEvent(FrameworkResubscribedRow row) {
        known(row);
        require(row.hasProfile() && row.hasAt(), "a subscription's profile or time");
        return new FrameworkResubscribed(
                new FrameworkId(row.getFramework()),
                toProfile(row.getProfile()),
                toInstant(row.getAt()));
    }

    static FrameworkUpdated toEvent(FrameworkUpdatedRow row) {
        known(row);
        require(row.hasProfile() && row.hasAt(), "an update's profile or time");
        return new FrameworkUpdated(
                new FrameworkId(row.getFramework()),
                toProfile(row.getProfile()),
                toInstant(row.getAt()));
    }

    static FrameworkDisconnected toEvent(FrameworkDisconnectedRow row) {
        known(row);
        require(row.hasAt() && row.hasDeadline(), "a disconnection's time or deadline");
        return new FrameworkDisconnected(
                new FrameworkId(row.getFramework()),
                toInstant(row.getAt()),
                toInstant(row.getDeadline()));
    }

    static FrameworkRemoved toEvent(FrameworkRemovedRow row) {
        known(row);
        require(row.hasAt(), "a removal's time");
        return new FrameworkRemoved(new FrameworkId(row.getFramework()), toInstant(row.getAt()));
    }

    /// Only what a new leader would find: a snapshot holds nobody who is connected.
    static FrameworkRow of(Framework framework) {
        if (!(framework.presence() instanceof Disconnected(var since, var deadline)))
            throw new IllegalArgumentException("a connection is not durable: " + framework.id());
        return FrameworkRow.newBuilder()
                .setId(framework.id().value())
                .setProfile(of(framework.profile()))
                .setRegisteredAt(row(framework.registeredAt()))
                .setReregisteredAt(row(framework.reregisteredAt()))
                .setAwaySince(row(since))
                .setDeadline(row(deadline))
                .build();
    }

    static Framework toFramework(FrameworkRow row) {
        known(row);
        require(row.hasProfile(), "a framework's profile");
        require(row.hasRegisteredAt() && row.hasReregisteredAt(), "a framework's times");
        require(row.hasAwaySince() && row.hasDeadline(), "a framework's deadline");
        return new Framework(
                new FrameworkId(row.getId()),
                toProfile(row.getProfile()),
                toInstant(row.getRegisteredAt()),
                toInstant(row.getReregisteredAt()),
                new Disconnected(toInstant(row.getAwaySince()), toInstant(row.getDeadline())));
    }

    private static FrameworkProfileRow of(FrameworkProfile profile) {
        var identity = profile.identity();
        var row =
                FrameworkProfileRow.newBuilder()
                        .setUser(identity.user())
                        .setCheckpoint(identity.checkpoint())
                        .setName(profile.name())
                        .setFailoverTimeout(row(profile.failoverTimeout()))
                        .setWire(row(profile.wire()));
        identity.principal().ifPresent(each -> row.setPrincipal(each.name()));
        for (var role : profile.roles()) row.addRoles(role.name());
        profile.capabilities().stream()
                .sorted()
                .map(Codes.FRAMEWORK_CAPABILITIES::of)
                .forEach(row::addCapabilities);
        profile.minAllocatable().forEach((role, least) -> row.addMinAllocatable(of(role, least)));
        return row.build();
    }

    private static MinAllocatableRow of(Role role, MinAllocatable least) {
        var row = MinAllocatableRow.newBuilder().setRole(role.name());
        for (var quantities : least.alternatives())
            row.addAlternatives(QuantitiesRow.newBuilder().putAllThousandths(quantities));
        return row.build();
    }

    private static SortedMap<Role, MinAllocatable> toMinAllocatable(List<MinAllocatableRow> rows) {
        var byRole = new TreeMap<Role, MinAllocatable>();
        for (var row : rows) {
            known(row);
            var any = new ArrayList<SortedMap<String, Long>>();
            for (var quantities : row.getAlternativesList()) {
                known(quantities);
                any.add(new TreeMap<>(quantities.getThousandthsMap()));
            }
            byRole.put(new Role(row.getRole()), new MinAllocatable(any));
        }
        return byRole;
    }

    private static FrameworkProfile toProfile(FrameworkProfileRow row) {
        known(row);
        require(row.hasFailoverTimeout(), "a failover timeout");
        var roles = new TreeSet<Role>();
        for (var name : row.getRolesList()) roles.add(new Role(name));
        var capabilities = EnumSet.noneOf(FrameworkCapability.class);
        for (var code : row.getCapabilitiesList())
            capabilities.add(Codes.FRAMEWORK_CAPABILITIES.from(code));
        return new FrameworkProfile(
                new FrameworkProfile.Identity(
                        row.getUser(),
                        row.hasPrincipal()
                                ? Optional.of(new Principal(row.getPrincipal()))
                                : Optional.empty(),
                        row.getCheckpoint()),
                row.getName(),
                roles,
                capabilities,
                toDuration(row.getFailoverTimeout()),
                toMinAllocatable(row.getMinAllocatableList()),
                toOpaque(row.getWire()));
    }
}
