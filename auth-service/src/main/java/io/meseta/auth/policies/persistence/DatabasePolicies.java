package io.meseta.auth.policies.persistence;

import io.meseta.auth.policies.Policies;
import io.meseta.auth.policies.WrittenPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Policies in the database.
final class DatabasePolicies implements Policies {

    private final PolicyRows rows;
    private final PolicyVersionRows versions;
    private final JdbcClient jdbc;

    DatabasePolicies(PolicyRows rows, PolicyVersionRows versions, JdbcClient jdbc) {
        this.rows = rows;
        this.versions = versions;
        this.jdbc = jdbc;
    }

    @Override
    public Optional<WrittenPolicy> find(String name) {
        return rows.findById(name).map(PolicyRow::toPolicy);
    }

    @Override
    public List<WrittenPolicy> all() {
        return rows.findAllByOrderByName().stream().map(PolicyRow::toPolicy).toList();
    }

    @Override
    public List<WrittenPolicy> page(String after, int limit) {
        return rows.findByNameGreaterThanOrderByName(after, Limit.of(limit)).stream()
                .map(PolicyRow::toPolicy)
                .toList();
    }

    @Override
    public Optional<WrittenPolicy> version(String name, long version) {
        return versions.findByNameAndVersion(name, version)
                .filter(row -> !row.isDeleted())
                .map(PolicyVersionRow::toPolicy);
    }

    @Override
    public List<WrittenPolicy> history(String name, long before, int limit) {
        return versions
                .findByNameAndVersionLessThanOrderByVersionDesc(name, before, Limit.of(limit))
                .stream()
                .map(PolicyVersionRow::toPolicy)
                .toList();
    }

    @Override
    public long lastVersion(String name) {
        return jdbc.sql("SELECT coalesce(max(version), 0) FROM policy_versions WHERE name = :name")
                .param("name", name)
                .query((row, _) -> row.getLong(1))
                .single();
    }

    @Override
    public void save(WrittenPolicy policy) {
        rows.saveAndFlush(PolicyRow.of(policy));
        versions.saveAndFlush(PolicyVersionRow.of(policy));
    }

    @Override
    public void remove(WrittenPolicy last, Instant at, String by) {
        rows.deleteById(last.name());
        versions.saveAndFlush(PolicyVersionRow.deleted(last.name(), last.version() + 1, at, by));
    }
}
