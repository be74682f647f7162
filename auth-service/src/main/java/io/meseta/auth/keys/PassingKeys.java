package io.meseta.auth.keys;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Keys that are gone with the process.
public final class PassingKeys implements Keys {

    private final ConcurrentMap<String, SigningKey> keys = new ConcurrentHashMap<>();

    @Override
    public List<SigningKey> all() {
        return List.copyOf(keys.values());
    }

    @Override
    public void save(SigningKey key) {
        keys.put(key.id(), key);
    }

    @Override
    public void remove(String id) {
        keys.remove(id);
    }
}
