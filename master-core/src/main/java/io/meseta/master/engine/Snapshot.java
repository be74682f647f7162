package io.meseta.master.engine;

import io.meseta.master.core.cluster.Cluster;
import java.time.Instant;

/// A whole state, as it is after the entry with that sequence number.
///
/// Only what recorded events have made of it need be kept: see [Cluster#durable()].
public record Snapshot(long sequence, Instant at, Cluster cluster) {}
