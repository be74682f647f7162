package io.meseta.master.links;

import io.meseta.master.engine.Committed;

/// Sees each batch once it is committed, in order.
@FunctionalInterface
public interface Witness {

    /// Called on the writer's thread. Must not wait, must not throw, and should cost next to
    /// nothing: whoever has work to do leaves the batch in a queue of its own.
    void saw(Committed committed);
}
