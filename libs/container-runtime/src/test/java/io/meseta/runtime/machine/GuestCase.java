package io.meseta.runtime.machine;

import java.util.Optional;

/// How one case in the guest went, and the line in which it is told.
///
/// @param reason empty if it passed
record GuestCase(String name, Outcome outcome, String reason) {

    private static final String MARK = "CASE";

    enum Outcome {
        PASSED,
        SKIPPED,
        FAILED
    }

    String line() {
        return String.join("\t", MARK, outcome.name(), name, reason);
    }

    static Optional<GuestCase> of(String line) {
        var parts = line.split("\t", 4);
        if (parts.length < 4 || !parts[0].equals(MARK)) return Optional.empty();
        return Optional.of(new GuestCase(parts[2], Outcome.valueOf(parts[1]), parts[3].strip()));
    }
}
