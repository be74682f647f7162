package io.meseta.simulator.nodes;

import io.meseta.master.core.cluster.Decision;

/// What a master answers to a request. No answer at all is possible too.
sealed interface Answer {

    record Decided(Decision decision) implements Answer {}

    /// Ask another master.
    record NotLeading() implements Answer {}

    /// It is over with this master's reign. Whether the request has been done nobody knows.
    record Unclear() implements Answer {}
}
