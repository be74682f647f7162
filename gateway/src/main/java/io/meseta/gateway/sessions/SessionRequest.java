package io.meseta.gateway.sessions;

import org.jspecify.annotations.Nullable;

/// Who wants to sign in.
record SessionRequest(@Nullable String name, @Nullable String password) {

    /// Hides the password: texts end up in logs.
    @Override
    public String toString() {
        return "SessionRequest[name=" + name + "]";
    }
}
