package io.meseta.master.past;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which of the past states somebody wants to see.
public sealed interface When {

    /// As it was at a time: after the newest entry that is not later.
    record Time(Instant at) implements When {}

    /// As it was after an entry of the journal.
    record Sequence(long number) implements When {}

    Pattern SEQUENCE = Pattern.compile("sequence:([0-9]{1,18})");

    /// What is put in words like `2026-11-23T08:15:00Z` or `sequence:4711`; empty if it is neither.
    static Optional<When> of(String text) {
        var sequence = SEQUENCE.matcher(text);
        if (sequence.matches()) return Optional.of(new Sequence(Long.parseLong(sequence.group(1))));
        try {
            return Optional.of(new Time(OffsetDateTime.parse(text).toInstant()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
