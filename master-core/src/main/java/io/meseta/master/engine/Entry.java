package io.meseta.master.engine;

import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.reign.Epoch;
import java.time.Instant;
import java.util.List;

/// What one batch has changed for good.
///
/// @param sequence rises by one from entry to entry
/// @param events recorded ones only, at least one
public record Entry(long sequence, Epoch epoch, Instant at, List<Event> events) {

    public Entry {
        events = List.copyOf(events);
        if (events.isEmpty()) throw new IllegalArgumentException("an entry has events");
        for (var event : events)
            if (!event.isRecorded())
                throw new IllegalArgumentException("a passing event is not journalled: " + event);
    }
}
