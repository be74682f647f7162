package io.meseta.master.core.upkeep;

import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import java.util.Comparator;

/// A framework's place on an agent.
public record Spot(AgentId agent, FrameworkId framework) implements Comparable<Spot> {

    private static final Comparator<Spot> ORDER =
            Comparator.comparing(Spot::agent).thenComparing(Spot::framework);

    @Override
    public int compareTo(Spot other) {
        return ORDER.compare(this, other);
    }
}
