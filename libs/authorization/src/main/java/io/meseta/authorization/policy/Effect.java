package io.meseta.authorization.policy;

import java.util.Locale;

/// What follows when a rule matches. One that denies overrides all that allow.
public enum Effect {
    ALLOW,
    DENY;

    /// The word in policy texts.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
