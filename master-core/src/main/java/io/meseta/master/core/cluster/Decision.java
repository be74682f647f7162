package io.meseta.master.core.cluster;

import java.util.List;

/// The answer to a command.
public sealed interface Decision {

    /// It happens. No events at all means that there was nothing to do.
    record Accepted(List<Event> events) implements Decision {

        public Accepted {
            events = List.copyOf(events);
        }
    }

    /// It does not happen, and nothing has changed.
    record Refused(Refusal refusal) implements Decision {}
}
