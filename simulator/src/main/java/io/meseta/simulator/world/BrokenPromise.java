package io.meseta.simulator.world;

/// The simulated cluster has done something that it must never do.
public final class BrokenPromise extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BrokenPromise(String message) {
        super(message);
    }

    public static void unless(boolean isKept, String message) {
        if (!isKept) throw new BrokenPromise(message);
    }
}
