package io.meseta.master.core.offer;

import io.meseta.allocator.Grant;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.OfferId;
import java.time.Instant;
import java.util.Optional;

/// A grant that has been shown to its framework under an id.
///
/// @param copyOf the offer to somebody else of which this one is a copy: whoever accepts first has
///   it; empty for one that counts
/// @param gang the gang that it was gathered for with others, which nobody else is shown
public record Offer(
        OfferId id, Grant grant, Instant madeAt, Optional<OfferId> copyOf, Optional<String> gang) {

    /// Of what nobody else is offered, or was offered first.
    public Offer(OfferId id, Grant grant, Instant madeAt) {
        this(id, grant, madeAt, Optional.empty(), Optional.empty());
    }

    public AgentId agent() {
        return grant.agent();
    }

    public FrameworkId framework() {
        return grant.framework();
    }

    /// Whether the resources count as another's.
    public boolean isCopy() {
        return copyOf.isPresent();
    }

    Offer asCopyOf(OfferId other) {
        return new Offer(id, grant, madeAt, Optional.of(other), gang);
    }

    Offer counted() {
        return new Offer(id, grant, madeAt);
    }
}
