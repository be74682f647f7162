package io.meseta.simulator.world;

import java.util.Comparator;
import java.util.PriorityQueue;

/// What is going to happen, in the order of virtual time; what was planned first comes first among
/// the simultaneous.
public final class Agenda {

    private static final Comparator<Item> ORDER =
            Comparator.comparingLong(Item::at).thenComparingLong(Item::number);

    private final PriorityQueue<Item> items = new PriorityQueue<>(ORDER);
    private long now;
    private long planned;
    private int depth;

    private record Item(long at, long number, Runnable action) {}

    /// Milliseconds since the world began. Never goes back.
    public long now() {
        return now;
    }

    public void in(long delayMillis, Runnable action) {
        items.add(new Item(now + Math.max(0, delayMillis), planned++, action));
    }

    /// Does the next thing. False if nothing is planned.
    public boolean runNext() {
        var next = items.poll();
        if (next == null) return false;
        now = Math.max(now, next.at());
        next.action().run();
        return true;
    }

    /// Does everything that is planned up to that time, and lets it become that late.
    ///
    /// May be called from within an action: so something slow lets the rest of the world go on.
    public void runUntil(long time) {
        depth++;
        try {
            while (true) {
                var next = items.peek();
                if (next == null || next.at() > time) break;
                runNext();
            }
        } finally {
            depth--;
        }
        now = Math.max(now, time);
    }

    /// How many actions are waiting for the rest of the world within each other.
    public int depth() {
        return depth;
    }
}
