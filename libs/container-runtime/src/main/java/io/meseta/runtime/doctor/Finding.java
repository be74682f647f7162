package io.meseta.runtime.doctor;

import org.jspecify.annotations.Nullable;

/// One thing about a machine.
///
/// @param topic a word or two: `runtime`, `memory limits`
/// @param text a sentence for people
/// @param remedy a command that would mend it; null: none would, or nothing is to be mended
public record Finding(String topic, Weight weight, String text, @Nullable String remedy) {

    /// How much it matters.
    public enum Weight {
        /// It is as it should be.
        GOOD,
        /// Containers run, and something is not to be had.
        LIMIT,
        /// No container runs.
        FATAL
    }

    static Finding good(String topic, String text) {
        return new Finding(topic, Weight.GOOD, text, null);
    }

    static Finding limit(String topic, String text) {
        return new Finding(topic, Weight.LIMIT, text, null);
    }
}
