package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.GoldenValues.AT;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.ClusterEvent.FeatureLevelRaised;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.reign.FeatureLevel;
import java.util.List;

/// Feature levels. The second belongs to no build yet: what a level is called must outlast it.
final class LevelSamples {

    private LevelSamples() {}

    static List<Event> events() {
        return List.of(raised());
    }

    static Cluster state() {
        return GoldenSamples.state().after(raised());
    }

    private static Event raised() {
        return new Event.OfCluster(new FeatureLevelRaised(new FeatureLevel(2), AT.plusSeconds(20)));
    }
}
