package io.meseta.allocator.order;

import java.util.Collections;
import java.util.List;

/// An order that a seed decides.
public final class Shuffle {

    private Shuffle() {}

    public static void shuffle(List<?> list, long seed) {
        var dice = new Dice(seed);
        for (int i = list.size() - 1; i > 0; i--) Collections.swap(list, i, dice.below(i + 1));
    }
}
