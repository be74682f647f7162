package io.meseta.agent.core;

import java.time.Instant;
import java.util.UUID;

/// When one command is decided, and the chance it may use.
///
/// A moment serves a single command: the same moment gives the same uuids again.
public record Moment(Instant at, long seed) {

    /// The `ordinal`-th uuid of this moment.
    public UUID uuid(int ordinal) {
        long high = mixed(seed + (2L * ordinal + 1) * GOLDEN);
        long low = mixed(high ^ (seed + (2L * ordinal + 2) * GOLDEN));
        return new UUID(
                (high & 0xffff_ffff_ffff_0fffL) | 0x4000L,
                (low & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L);
    }

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /// The finalizer of SplitMix64: every bit of the input moves about half of the output's bits.
    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
