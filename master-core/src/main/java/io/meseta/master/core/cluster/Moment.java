package io.meseta.master.core.cluster;

import java.time.Instant;

/// The time and the chance that a batch of commands is stamped with.
///
/// @param at never before the moment of an earlier batch
/// @param seed what everything that looks random in this batch is drawn from
public record Moment(Instant at, long seed) {}
