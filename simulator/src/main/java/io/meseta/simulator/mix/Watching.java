package io.meseta.simulator.mix;

import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.offer.OfferEvent;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.engine.Committed;
import io.meseta.simulator.nodes.Workings;

/// Counts what masters do: the allocator looks once in each batch.
final class Watching implements Workings {

    private long rounds;
    private long offering;
    private long offers;
    private long launches;

    @Override
    public Committed committed(Committed committed) {
        rounds++;
        long before = offers;
        for (var event : committed.events()) {
            if (event instanceof Event.OfOffer(OfferEvent.OfferMade _)) offers++;
            if (event instanceof Event.OfTask(TaskEvent.TaskLaunched _)) launches++;
        }
        if (offers > before) offering++;
        return committed;
    }

    /// How often the allocator has looked.
    long rounds() {
        return rounds;
    }

    /// In how many of these rounds it has offered something.
    long offering() {
        return offering;
    }

    long offers() {
        return offers;
    }

    /// How many tasks were launched, those included that were lost afterwards.
    long launches() {
        return launches;
    }
}
