package io.meseta.platform.process;

import java.time.Duration;
import java.util.Optional;

/// What a query of `/logging/toggle` asks for.
public sealed interface LogToggle {

    /// The level that there is.
    record Show() implements LogToggle {}

    record Change(int level, Duration time) implements LogToggle {}

    /// @param text in Mesos' words, with a newline
    record Mistaken(String text) implements LogToggle {}

    /// Reads the two parameters.
    static LogToggle read(Optional<String> level, Optional<String> duration) {
        if (level.isEmpty() && duration.isEmpty()) return new Show();
        if (duration.isEmpty()) return new Mistaken("Expecting 'duration=value' in query.\n");
        if (level.isEmpty()) return new Mistaken("Expecting 'level=value' in query.\n");
        var digits = level.get();
        int number;
        try {
            number = Integer.parseInt(digits);
        } catch (NumberFormatException _) {
            return new Mistaken("Failed to convert '" + digits + "' to number.\n");
        }
        if (number < 0) return new Mistaken("Invalid level '" + number + "'.\n");
        return switch (SpokenDuration.read(duration.get())) {
            case SpokenDuration.Understood(var time) -> new Change(number, time);
            case SpokenDuration.Unclear(var why) -> new Mistaken(why + ".\n");
        };
    }
}
