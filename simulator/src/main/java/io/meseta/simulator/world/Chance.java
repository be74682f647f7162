package io.meseta.simulator.world;

import java.util.List;
import java.util.Random;

/// Everything in the world that looks random, drawn from one seed.
public final class Chance {

    private final Random random;

    public Chance(long seed) {
        random = new Random(seed);
    }

    public boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    /// Both ends included.
    public long between(long least, long most) {
        return least + (long) (random.nextDouble() * (most - least + 1));
    }

    public long seed() {
        return random.nextLong();
    }

    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
