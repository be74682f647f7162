package io.meseta.runtime.oci;

import java.time.Instant;
import java.util.Optional;

/// That a container's first process ran: which one, and since when.
record Started(LiveProcess process, Instant at) {

    String text() {
        return "%s %s %s".formatted(process.pid(), process.born(), at.toEpochMilli());
    }

    static Optional<Started> of(Bundle bundle) {
        return bundle.text("started")
                .map(text -> text.split(" ", -1))
                .filter(words -> words.length == 3)
                .map(words ->
                        new Started(
                                new LiveProcess(number(words[0]), number(words[1])),
                                Instant.ofEpochMilli(number(words[2]))));
    }

    private static long number(String digits) {
        return Long.parseLong(digits);
    }
}
