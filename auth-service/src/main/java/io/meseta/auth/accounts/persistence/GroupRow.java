package io.meseta.auth.accounts.persistence;

import io.meseta.auth.accounts.Group;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/// A group as the table has it.
@Entity
@Table(name = "groups")
class GroupRow {

    @Id private String name = "";
    private String description = "";

    @Column(columnDefinition = "text[]")
    private String[] members = {};

    private long version;

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "changed_at")
    private Instant changedAt = Instant.EPOCH;

    protected GroupRow() {}

    static GroupRow of(Group group) {
        var row = new GroupRow();
        row.name = group.name();
        row.description = group.description();
        row.members = group.members().toArray(String[]::new);
        row.version = group.version();
        row.createdAt = group.createdAt();
        row.changedAt = group.changedAt();
        return row;
    }

    Group toGroup() {
        return new Group(
                name, description, new TreeSet<>(List.of(members)), version, createdAt, changedAt);
    }
}
