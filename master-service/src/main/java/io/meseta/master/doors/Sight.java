package io.meseta.master.doors;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.leadership.Leadership;
import io.meseta.model.MasterId;
import java.time.Instant;
import java.util.Optional;

/// The state that a question is answered from.
///
/// @param elsewhere present if another master leads, or none
public record Sight(Cluster cluster, Optional<Elsewhere> elsewhere) {

    /// @param leader the leader's place; absent if nobody is known to lead
    public record Elsewhere(Optional<Leadership.Address> leader) {}

    /// The id under which the cluster is, or was last, led.
    public MasterId master() {
        return cluster.reign().master();
    }

    /// Since when.
    public Instant since() {
        return cluster.reign().since();
    }
}
