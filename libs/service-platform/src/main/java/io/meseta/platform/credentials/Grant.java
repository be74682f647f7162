package io.meseta.platform.credentials;

import java.time.Instant;

/// A token of ours, and until when it is good.
record Grant(String token, Instant asked, Instant expires) {

    /// Hides the token: texts end up in logs.
    @Override
    public String toString() {
        return "Grant[token=(hidden), expires=" + expires + "]";
    }
}
