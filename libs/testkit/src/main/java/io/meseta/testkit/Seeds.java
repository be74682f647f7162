package io.meseta.testkit;

import java.util.Random;

/// Runs a property under many seeds and names the seed that broke it.
///
/// The seeds are the same in every run, so a build that passed passes again. `-Dmeseta.seed=N` runs
/// one seed only (to go on from a failure); `-Dmeseta.seeds=N` runs N of them (to look further).
public final class Seeds {

    private static final String ONE = "meseta.seed";
    private static final String MANY = "meseta.seeds";

    private Seeds() {}

    /// Runs `property` with `count` differently seeded sources of chance.
    public static void run(int count, Property property) {
        runSeeds(count, seed -> property.holds(new Random(seed)));
    }

    /// Runs `property` with the bare seeds, for those who make more than one source from it.
    public static void runSeeds(int count, SeededProperty property) {
        Long one = Long.getLong(ONE);
        if (one != null) {
            holds(one, property);
            return;
        }
        int seeds = Integer.getInteger(MANY, count);
        for (long seed = 1; seed <= seeds; seed++) holds(seed, property);
    }

    private static void holds(long seed, SeededProperty property) {
        try {
            property.holds(seed);
        } catch (Exception | AssertionError broken) {
            var message = "broken with -D%s=%d: %s".formatted(ONE, seed, broken.getMessage());
            throw new AssertionError(message, broken);
        }
    }

    /// What must hold whatever chance brings.
    @FunctionalInterface
    public interface Property {
        void holds(Random random) throws Exception;
    }

    /// What must hold under every seed.
    @FunctionalInterface
    public interface SeededProperty {
        void holds(long seed) throws Exception;
    }
}
