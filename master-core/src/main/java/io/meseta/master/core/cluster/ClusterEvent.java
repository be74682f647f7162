package io.meseta.master.core.cluster;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.master.core.reign.Terms;
import io.meseta.model.MasterId;
import java.time.Instant;

/// What can happen to the cluster as a whole.
public sealed interface ClusterEvent {

    /// A master has begun to lead. The first event of each epoch.
    record LeadershipTaken(Epoch epoch, MasterId master, Terms terms, Instant at)
            implements ClusterEvent {}

    /// From now on entries may hold what belongs to this level.
    record FeatureLevelRaised(FeatureLevel level, Instant at) implements ClusterEvent {}
}
