package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.PlainRows.known;
import static io.meseta.master.journal.codec.PlainRows.require;
import static io.meseta.master.journal.codec.PlainRows.toInstant;

import io.meseta.allocator.rule.Sharing;
import io.meseta.master.core.role.RoleEvent.SharingRemoved;
import io.meseta.master.core.role.RoleEvent.SharingSet;
import io.meseta.master.journal.v1.SharingRemovedRow;
import io.meseta.master.journal.v1.SharingRow;
import io.meseta.master.journal.v1.SharingSetRow;
import io.meseta.model.Priority;
import io.meseta.model.Role;
import java.util.SortedMap;

/// How roles share with others.
final class SharingRows {

    private SharingRows() {}

    static SharingSetRow of(SharingSet event) {
        return SharingSetRow.newBuilder()
                .setSharing(of(event.role(), event.sharing()))
                .setAt(PlainRows.row(event.at()))
                .build();
    }

    static SharingRemovedRow of(SharingRemoved event) {
        return SharingRemovedRow.newBuilder()
                .setRole(event.role().name())
                .setAt(PlainRows.row(event.at()))
                .build();
    }

    static SharingSet toEvent(SharingSetRow row) {
        known(row);
        require(row.hasAt() && row.hasSharing(), "a part of a new way to share");
        var sharing = row.getSharing();
        return new SharingSet(
                new Role(sharing.getRole()), toSharing(sharing), toInstant(row.getAt()));
    }

    static SharingRemoved toEvent(SharingRemovedRow row) {
        known(row);
        require(row.hasAt(), "the time of the end of a way to share");
        return new SharingRemoved(new Role(row.getRole()), toInstant(row.getAt()));
    }

    static SharingRow of(Role role, Sharing sharing) {
        return SharingRow.newBuilder()
                .setRole(role.name())
                .setLends(sharing.lends())
                .setPriority(sharing.priority().value())
                .setPreempts(sharing.preempts())
                .setOptimistic(sharing.isOptimistic())
                .build();
    }

    static void add(SharingRow row, SortedMap<Role, Sharing> sharings) {
        sharings.put(new Role(row.getRole()), toSharing(row));
    }

    private static Sharing toSharing(SharingRow row) {
        known(row);
        var priority = new Priority(row.getPriority());
        return new Sharing(row.getLends(), priority, row.getPreempts(), row.getOptimistic());
    }
}
