package io.meseta.gateway.forwarding;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// The leave to go on of an exchange that may last for hours. Asked at its first round, and again
/// at each that finds newer rules: what was decided at its beginning may have been decided by rules
/// that were just being replaced.
///
/// For the one thread that makes the rounds.
public final class Leave {

    private static final long NEVER = -1;

    private final LongSupplier rules;
    private final BooleanSupplier isGood;
    private long askedAt = NEVER;

    private Leave(LongSupplier rules, BooleanSupplier isGood) {
        this.rules = rules;
        this.isGood = isGood;
    }

    /// Leave that nobody takes back here: whoever answers does it.
    public static Leave forGood() {
        return new Leave(() -> NEVER, () -> true);
    }

    /// @param rules the version of what decides; rises once all of it is in use
    /// @param isGood whether the exchange may go on by these rules
    public static Leave by(LongSupplier rules, BooleanSupplier isGood) {
        return new Leave(rules, isGood);
    }

    boolean isOver() {
        long now = rules.getAsLong();
        if (now == askedAt) return false;
        askedAt = now;
        return !isGood.getAsBoolean();
    }
}
