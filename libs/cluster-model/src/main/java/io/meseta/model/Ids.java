package io.meseta.model;

import io.meseta.model.rule.Texts;
import java.util.Optional;

/// The one rule for the text of an id.
///
/// Ids become directory names on agents, so what a directory cannot be called is refused.
public final class Ids {

    /// The longest file name that Linux file systems take, in bytes.
    static final int BYTES_MAX = 255;

    private Ids() {}

    /// What is wrong with an id that came from outside, in the words that Mesos clients know; empty
    /// if nothing is. Ask before constructing an id from a client's text.
    public static Optional<String> problem(String value) {
        if (value.isEmpty()) return Optional.of("ID must not be empty");
        if (Texts.isLongerThan(BYTES_MAX, value)) {
            // Mesos counts bytes too, and calls them characters.
            return Optional.of("ID must not be greater than " + BYTES_MAX + " characters");
        }
        if (value.equals(".") || value.equals("..")) {
            return Optional.of("'" + value + "' is disallowed");
        }
        if (value.indexOf('/') >= 0 || Texts.hasControlCharacter(value)) {
            return Optional.of("'" + value + "' contains invalid characters");
        }
        return Optional.empty();
    }

    static void check(String value) {
        problem(value)
                .ifPresent(problem -> {
                    throw new IllegalArgumentException(problem);
                });
    }
}
