package io.meseta.auth.web;

import io.meseta.model.Opaque;
import java.time.Instant;
import java.util.Optional;

/// Answers that were given to requests with a key, so that they can be given again.
public interface Answered {

    /// @param requestFingerprint tells requests apart
    /// @param answer sealed
    record Answer(String requestFingerprint, Opaque answer) {}

    Optional<Answer> find(String principal, String key);

    void save(String principal, String key, Answer answer, Instant now);

    void forget(Instant olderThan);
}
