package io.meseta.master.events;

import io.meseta.master.core.cluster.Cluster;

/// A state of the cluster with its name on the stream.
///
/// @param sequence of the newest entry of the journal that it holds
public record Position(EventId id, Cluster cluster, long sequence) {}
