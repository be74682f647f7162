package io.meseta.agent.core.machine;

/// The numbers of this agent's reports.
///
/// Numbers are reserved in blocks, on disk, before they are used: after a crash none is used twice,
/// at the price of a gap.
///
/// @param next the number of the next report
/// @param limit the highest number reserved
public record Reports(long next, long limit) {

    static final long BLOCK = 1_000;

    public static Reports none() {
        return new Reports(1, 0);
    }

    /// As after a restart: nobody knows which of the reserved numbers were used.
    public static Reports reservedTo(long limit) {
        return new Reports(limit + 1, limit);
    }

    boolean isSpent() {
        return next > limit;
    }

    Reports reserved(long newLimit) {
        return new Reports(next, newLimit);
    }

    Reports used(long number) {
        return new Reports(number + 1, limit);
    }
}
