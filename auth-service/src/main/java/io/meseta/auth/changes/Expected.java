package io.meseta.auth.changes;

import java.util.OptionalLong;

/// The version of a thing that its changer has seen; none if any version will do.
public record Expected(OptionalLong version) {

    public static final Expected ANY = new Expected(OptionalLong.empty());

    public static Expected of(long version) {
        return new Expected(OptionalLong.of(version));
    }

    /// Refuses if the thing has been changed since.
    public void check(long actual) {
        if (version.isPresent() && version.getAsLong() != actual) {
            throw new Refused(new Refusal.Stale(actual));
        }
    }
}
