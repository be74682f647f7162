package io.meseta.testkit.walls.breaches.core.cluster;

/// Stands where the real one would.
public record Cluster(long version) {

    public Cluster after(long event) {
        return new Cluster(version + event);
    }
}
