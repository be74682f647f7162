package io.meseta.master.engine;

import io.meseta.master.core.cluster.Event;
import java.util.List;
import java.util.function.Supplier;

/// Lets somebody who has a clock see how long the rounds of the allocator take; the core has none.
@FunctionalInterface
public interface RoundTiming {

    /// Nobody looks.
    RoundTiming NONE = Supplier::get;

    /// Runs the round, once, and returns what came of it.
    List<Event> time(Supplier<List<Event>> round);
}
