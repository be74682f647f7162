package io.meseta.auth.keys;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a key signs.
public enum Purpose {
    /// Access tokens: P-256, for ES256.
    TOKEN,
    /// Bundles: Ed25519.
    BUNDLE;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Purpose> of(String text) {
        return Arrays.stream(values()).filter(each -> each.text().equals(text)).findFirst();
    }
}
