package io.meseta.benchmarks.placements;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// Frameworks that accept in turn, whoever has an offer, at moments given from outside.
final class Paced {

    private final List<LoadingFramework> frameworks;
    private final int perSecond;
    private final LongAdder turns = new LongAdder();
    private final LongAdder idle = new LongAdder();
    private int next;

    Paced(List<LoadingFramework> frameworks, int perSecond) {
        this.frameworks = frameworks;
        this.perSecond = perSecond;
    }

    /// Called by one thread.
    void due(long nanos) {
        turns.increment();
        for (int i = 0; i < frameworks.size(); i++) {
            next = (next + 1) % frameworks.size();
            if (frameworks.get(next).acceptOne(nanos)) return;
        }
        idle.increment();
    }

    /// Says how much of what was to be done was not, for want of offers.
    void print() {
        System.out.printf(
                "open loop at %d/s: %d turns since the beginning, of which %d found no offer%n",
                perSecond, turns.sum(), idle.sum());
    }
}
