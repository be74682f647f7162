package io.meseta.simulator.nodes;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Something that will be known later, and one who waits for it.
final class Pending<T> {

    private @Nullable T value;
    private @Nullable Consumer<T> waiting;

    void is(T known) {
        value = known;
        var who = waiting;
        waiting = null;
        if (who != null) who.accept(known);
    }

    void whenKnown(Consumer<T> action) {
        var known = value;
        if (known == null) waiting = action;
        else action.accept(known);
    }
}
