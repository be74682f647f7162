package io.meseta.testkit.walls.breaches.core.offer;

import io.meseta.testkit.walls.breaches.core.cluster.Cluster;

/// Planted: a room that knows where all rooms meet, and makes the next state by itself.
final class OfferThatKnowsTheCluster {

    Cluster rescind(Cluster cluster) {
        return cluster.after(1);
    }
}
