package io.meseta.master.links;

import io.meseta.master.engine.Committed;

/// What is counted of each batch, before its effects go out.
record Tallies(TaskEnds ends, Happenings happenings) {

    void count(Committed committed) {
        ends.count(committed);
        happenings.count(committed);
    }
}
