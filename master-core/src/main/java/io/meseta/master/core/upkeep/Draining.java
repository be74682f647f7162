package io.meseta.master.core.upkeep;

import io.meseta.model.AgentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Agents that are being emptied.
public final class Draining {

    private Draining() {}

    /// Those on which nothing is left are drained. One that nobody can reach may still run what it
    /// ran; its tasks are kept until it is back.
    public static List<Consequence> finished(Premises premises, Instant at) {
        var events = new ArrayList<Consequence>();
        for (var id : premises.upkeep().draining()) {
            if (!isEmpty(premises, id)) continue;
            events.add(new Consequence.ForUpkeep(new UpkeepEvent.DrainEnded(id, at)));
            if (premises.upkeep().drain(id).filter(Drain::marksGone).isPresent())
                events.addAll(Departing.gone(premises, id, at));
        }
        return events;
    }

    private static boolean isEmpty(Premises premises, AgentId id) {
        return premises.tasks().on(id).findAny().isEmpty()
                && premises.operations().on(id).findAny().isEmpty();
    }
}
