package io.meseta.master.engine;

/// Acts upon what has been committed.
@FunctionalInterface
public interface EffectRunner {

    /// Called by the writer for each batch, in order. Must not block and must not throw: whatever
    /// can't be delivered is given up, since its receiver will come back and be told again.
    void run(Committed committed);
}
