package io.meseta.auth.accounts.persistence;

import io.meseta.auth.accounts.Group;
import io.meseta.auth.accounts.Memberships;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;

/// Groups in the database.
final class DatabaseMemberships implements Memberships {

    private final GroupRows rows;

    DatabaseMemberships(GroupRows rows) {
        this.rows = rows;
    }

    @Override
    public Optional<Group> find(String name) {
        return rows.findById(name).map(GroupRow::toGroup);
    }

    @Override
    public List<Group> all() {
        return rows.findAll().stream().map(GroupRow::toGroup).toList();
    }

    @Override
    public List<Group> of(String member) {
        return rows.of(member).stream().map(GroupRow::toGroup).toList();
    }

    @Override
    public List<Group> page(String after, int limit) {
        return rows.findByNameGreaterThanOrderByName(after, Limit.of(limit)).stream()
                .map(GroupRow::toGroup)
                .toList();
    }

    @Override
    public long count() {
        return rows.count();
    }

    @Override
    public void save(Group group) {
        rows.saveAndFlush(GroupRow.of(group));
    }

    @Override
    public void remove(String name) {
        rows.deleteById(name);
    }
}
