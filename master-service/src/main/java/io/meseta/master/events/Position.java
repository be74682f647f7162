package io.meseta.master.events;

import io.meseta.master.core.cluster.Cluster;

/// A state of the cluster with its name on the stream.
public record Position(EventId id, Cluster cluster) {}
