package io.meseta.auth.policies;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All policies, with all that they ever said.
public interface Policies {

    int MAX = 1_000;

    Optional<WrittenPolicy> find(String name);

    /// In the order of names.
    List<WrittenPolicy> all();

    List<WrittenPolicy> page(String after, int limit);

    /// What the policy said at a version; empty if it said nothing then.
    Optional<WrittenPolicy> version(String name, long version);

    /// Its versions below `before`, the newest first.
    List<WrittenPolicy> history(String name, long before, int limit);

    /// The last version that this name had; 0 if it never had one.
    long lastVersion(String name);

    void save(WrittenPolicy policy);

    void remove(WrittenPolicy last, Instant at, String by);
}
