package io.meseta.agent.containers;

import java.util.Locale;
import java.util.Map;

/// Signals as images name them.
final class StopSignal {

    static final int TERMINATE = 15;

    private static final int MAX = 64;

    private static final Map<String, Integer> NAMES =
            Map.ofEntries(
                    Map.entry("HUP", 1),
                    Map.entry("INT", 2),
                    Map.entry("QUIT", 3),
                    Map.entry("ABRT", 6),
                    Map.entry("KILL", 9),
                    Map.entry("USR1", 10),
                    Map.entry("USR2", 12),
                    Map.entry("ALRM", 14),
                    Map.entry("TERM", TERMINATE),
                    Map.entry("CONT", 18),
                    Map.entry("WINCH", 28),
                    Map.entry("PWR", 30),
                    Map.entry("RTMIN+3", 37));

    private StopSignal() {}

    /// Its number; TERM for what is none.
    static int number(String text) {
        var name = text.strip().toUpperCase(Locale.ROOT);
        if (!name.isEmpty() && name.length() <= 2 && name.chars().allMatch(Character::isDigit)) {
            int number = Integer.parseInt(name);
            return number >= 1 && number <= MAX ? number : TERMINATE;
        }
        return NAMES.getOrDefault(
                name.startsWith("SIG") ? name.substring("SIG".length()) : name, TERMINATE);
    }
}
