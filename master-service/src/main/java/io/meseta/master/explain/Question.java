package io.meseta.master.explain;

import io.meseta.master.doors.PageLimit;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.util.Optional;

/// What somebody wants to have explained.
///
/// @param role empty for the framework's first
/// @param needed empty for what the framework has asked for first, or for the least that is worth
///   an offer
/// @param after agents up to this one are left out
record Question(Optional<Role> role, Optional<Resources> needed, int limit, String after) {

    /// More than anyone has reason to write.
    private static final int NEEDED_CHARACTERS_MAX = 1_000;

    /// What is said of the role, of the demand and of the page, as it came.
    record Words(String role, String needed, String limit, String after) {}

    /// @throws IllegalArgumentException with a sentence that says what is wrong
    static Question of(Words words) {
        int limit =
                PageLimit.of(words.limit())
                        .orElseThrow(() -> new IllegalArgumentException(PageLimit.PROBLEM));
        if (words.needed().length() > NEEDED_CHARACTERS_MAX)
            throw new IllegalArgumentException(
                    "'needed' must have at most " + NEEDED_CHARACTERS_MAX + " characters.");
        return new Question(role(words.role()), needed(words.needed()), limit, words.after());
    }

    private static Optional<Role> role(String name) {
        if (name.isEmpty()) return Optional.empty();
        Role.problem(name)
                .ifPresent(problem -> {
                    throw new IllegalArgumentException(problem + ".");
                });
        return Optional.of(new Role(name));
    }

    private static Optional<Resources> needed(String text) {
        if (text.isEmpty()) return Optional.empty();
        try {
            var needed = Resources.parse(text);
            if (!needed.isEmpty()) return Optional.of(needed);
        } catch (ArithmeticException large) {
            throw new IllegalArgumentException("'needed' is too much.", large);
        }
        throw new IllegalArgumentException("'needed' must name some resources.");
    }
}
