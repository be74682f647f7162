package io.meseta.allocator.order;

/// What chance decides in one allocation. Our own rather than the platform's generators, so that a
/// journal is folded alike by every version of Java.
public final class Dice {

    private static final long STEP = 0x9e3779b97f4a7c15L;
    private static final double UNIT = 0x1.0p-53;

    private long state;

    public Dice(long seed) {
        state = seed;
    }

    /// From 0, below the bound.
    public int below(int bound) {
        return (int) Long.remainderUnsigned(next(), bound);
    }

    /// From 0, below 1.
    public double fraction() {
        return (next() >>> 11) * UNIT;
    }

    private long next() {
        state += STEP;
        return mixed(state);
    }

    /// The finalizer of SplitMix64.
    private static long mixed(long value) {
        long mix = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mix = (mix ^ (mix >>> 27)) * 0x94d049bb133111ebL;
        return mix ^ (mix >>> 31);
    }
}
