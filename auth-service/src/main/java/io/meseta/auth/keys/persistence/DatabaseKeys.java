package io.meseta.auth.keys.persistence;

import io.meseta.auth.keys.Keys;
import io.meseta.auth.keys.SigningKey;
import java.util.List;

/// Keys in the database.
final class DatabaseKeys implements Keys {

    private final KeyRows rows;

    DatabaseKeys(KeyRows rows) {
        this.rows = rows;
    }

    @Override
    public List<SigningKey> all() {
        return rows.findAll().stream().map(KeyRow::toKey).toList();
    }

    @Override
    public void save(SigningKey key) {
        rows.saveAndFlush(KeyRow.of(key));
    }

    @Override
    public void remove(String id) {
        rows.deleteById(id);
        rows.flush();
    }
}
