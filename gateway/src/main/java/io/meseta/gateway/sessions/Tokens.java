package io.meseta.gateway.sessions;

import java.time.Instant;

/// What the auth-service gave for a name and a password.
///
/// @param refresh good once
record Tokens(String access, String refresh, Instant expires) {

    String header() {
        return "Bearer " + access;
    }

    /// Hides them: texts end up in logs.
    @Override
    public String toString() {
        return "Tokens[expires=" + expires + "]";
    }
}
