package io.meseta.platform.credentials;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// A token of ours, and until when it is good.
record Grant(String token, Instant asked, Instant expires) {

    /// As a line of a file.
    String kept() {
        return "%d %d %s\n".formatted(asked.getEpochSecond(), expires.getEpochSecond(), token);
    }

    /// Empty if the line is not one of [#kept].
    static Optional<Grant> ofKept(String line) {
        var parts = line.split(" ", -1);
        if (parts.length != 3 || parts[2].isEmpty()) return Optional.empty();
        try {
            var asked = Instant.ofEpochSecond(Long.parseLong(parts[0]));
            var expires = Instant.ofEpochSecond(Long.parseLong(parts[1]));
            return Optional.of(new Grant(parts[2], asked, expires));
        } catch (NumberFormatException | DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Hides the token: texts end up in logs.
    @Override
    public String toString() {
        return "Grant[token=(hidden), expires=" + expires + "]";
    }
}
