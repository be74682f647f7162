package io.meseta.gateway.sessions;

import java.time.Instant;

/// An access token of a browser's user.
record Access(String token, Instant expires) {

    String header() {
        return "Bearer " + token;
    }

    /// Hides it: texts end up in logs.
    @Override
    public String toString() {
        return "Access[expires=" + expires + "]";
    }
}
