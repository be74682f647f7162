package io.meseta.master.core.upkeep;

import io.meseta.master.core.offer.OfferEvent.Ending;
import io.meseta.master.core.offer.OfferEvent.OfferEnded;
import io.meseta.model.AgentId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Takes back what was offered of agents, and what was asked for them.
final class Withdrawing {

    private Withdrawing() {}

    static List<Consequence> from(Premises premises, Collection<AgentId> agents) {
        var events = new ArrayList<Consequence>();
        for (var agent : agents)
            for (var offer : premises.offers().on(agent))
                events.add(new Consequence.ForOffer(new OfferEnded(offer, Ending.RESCINDED)));
        for (var offer : premises.upkeep().inverse().on(agents))
            events.add(
                    new Consequence.ForUpkeep(
                            new UpkeepEvent.InverseOfferEnded(offer, Ending.RESCINDED)));
        return events;
    }
}
