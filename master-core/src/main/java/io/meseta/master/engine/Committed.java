package io.meseta.master.engine;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.cluster.effect.Effect;
import java.util.List;

/// What became of one batch.
///
/// @param sequence of the newest entry in the journal; not this batch's own if it recorded nothing
/// @param answers one for each command, in their order
/// @param events all of them, passing ones too
public record Committed(
        long sequence,
        Cluster before,
        Cluster after,
        List<Answer> answers,
        List<Event> events,
        List<Effect> effects) {

    public Committed {
        answers = List.copyOf(answers);
        events = List.copyOf(events);
        effects = List.copyOf(effects);
    }
}
