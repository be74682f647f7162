package io.meseta.master.core.offer;

import io.meseta.allocator.Grant;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.OfferId;
import java.time.Instant;

/// A grant that has been shown to its framework under an id.
public record Offer(OfferId id, Grant grant, Instant madeAt) {

    public AgentId agent() {
        return grant.agent();
    }

    public FrameworkId framework() {
        return grant.framework();
    }
}
