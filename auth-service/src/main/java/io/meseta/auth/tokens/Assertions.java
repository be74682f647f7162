package io.meseta.auth.tokens;

import java.time.Instant;

/// Assertions by which agents proved themselves, each good once.
public interface Assertions {

    /// @param until when the assertion expires
    /// @return whether it is the first use
    boolean use(String principal, String id, Instant until);

    void forget(Instant expiredBefore);
}
