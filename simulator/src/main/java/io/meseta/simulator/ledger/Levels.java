package io.meseta.simulator.ledger;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.ClusterEvent.FeatureLevelRaised;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.reign.FeatureLevel;
import java.util.List;

/// Whether the feature level only ever rises, and every new leader knows it.
final class Levels {

    private FeatureLevel newest = FeatureLevel.FIRST;

    void written(List<Event> events) {
        for (var event : events) {
            if (!(event instanceof Event.OfCluster(FeatureLevelRaised(var level, _)))) continue;
            unless(
                    level.compareTo(newest) > 0,
                    "the feature level is raised from %s to %s".formatted(newest, level));
            newest = level;
        }
    }

    /// @param cluster as a new leader knows it
    void check(Cluster cluster) {
        unless(
                cluster.reign().level().equals(newest),
                "a new leader believes in feature level %s where %s is active"
                        .formatted(cluster.reign().level(), newest));
    }
}
