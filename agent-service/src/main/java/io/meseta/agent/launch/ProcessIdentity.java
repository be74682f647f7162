package io.meseta.agent.launch;

import java.util.Optional;

/// Which process, for good: a pid alone is given to another process sooner or later.
///
/// @param startTicks clock ticks from the machine's start to the process's
public record ProcessIdentity(long pid, long startTicks, String bootId) {

    /// Reads `pid start-ticks boot-id`; empty when it is something else.
    static Optional<ProcessIdentity> parse(String text) {
        var parts = text.strip().split(" ", -1);
        if (parts.length != 3) return Optional.empty();
        try {
            return Optional.of(
                    new ProcessIdentity(
                            Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
