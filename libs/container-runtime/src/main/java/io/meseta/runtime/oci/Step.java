package io.meseta.runtime.oci;

/// The places between two acts, where a crash leaves something half done. The order is that of a
/// launch, then that of a removal.
enum Step {
    RESERVED,
    RECORDED,
    MOUNTED,
    CREATED,
    STARTED,
    MARKED,
    KILLED,
    MONITOR_ENDED,
    FORGOTTEN,
    UNGROUPED,
    UNMOUNTED,
    CLEARED;

    /// Told of each step as it is reached; in production nobody listens.
    interface Listener {
        void reached(Step step);
    }
}
