package io.meseta.master.core.gang;

import io.meseta.allocator.Grant;
import java.time.Instant;

/// What can happen to a gang once it was asked for. All of it is passing.
public sealed interface GangEvent {

    GangId gang();

    /// One of its sets is held for it.
    ///
    /// @param number which one
    /// @param until when it is let go if this is the first one
    record SetHeld(GangId gang, int number, Grant grant, Instant until) implements GangEvent {}

    /// What was held for one set is let go, and sought again.
    record SetReleased(GangId gang, int number) implements GangEvent {}

    /// It was not complete in time: all is let go, and nothing is held for it for a while.
    record GangPaused(GangId gang, Instant until) implements GangEvent {}

    /// It has waited for long enough.
    record GangResumed(GangId gang) implements GangEvent {}

    /// It is complete, and all that is held for it is offered in the same breath.
    record GangCompleted(GangId gang) implements GangEvent {}

    /// Its framework may be offered other things again.
    record GangServed(GangId gang) implements GangEvent {}
}
