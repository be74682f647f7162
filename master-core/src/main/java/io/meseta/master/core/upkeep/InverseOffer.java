package io.meseta.master.core.upkeep;

import io.meseta.master.core.framework.StreamId;
import io.meseta.model.OfferId;

/// A framework was asked to leave an agent.
///
/// @param stream on which it was asked: whoever has failed over since was not
public record InverseOffer(OfferId id, Spot spot, StreamId stream, Unavailability unavailability) {}
