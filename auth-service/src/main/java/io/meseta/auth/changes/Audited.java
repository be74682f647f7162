package io.meseta.auth.changes;

import java.util.SortedMap;

/// Something whose changes are written down.
public interface Audited {

    /// Its path below `/auth/v1/`: `users/alice`.
    String resource();

    /// What may be said of it. Never a secret, nor a hash of one.
    SortedMap<String, Object> facts();
}
