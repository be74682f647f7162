package io.meseta.master.engine;

import io.meseta.master.core.cluster.Moment;

/// Where time and chance come from.
@FunctionalInterface
public interface Moments {

    /// The moment for the next batch; its time is never before an earlier one's.
    Moment next();
}
