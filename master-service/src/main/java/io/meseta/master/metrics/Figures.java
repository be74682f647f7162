package io.meseta.master.metrics;

import io.meseta.master.core.cluster.Cluster;
import java.util.Map;

/// Some of the figures.
@FunctionalInterface
interface Figures {

    /// Adds them by their names.
    ///
    /// @param cluster the leader's newest state; an empty one where another leads
    void add(Cluster cluster, Map<String, Double> figures);
}
