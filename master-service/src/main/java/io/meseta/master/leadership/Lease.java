package io.meseta.master.leadership;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.leadership.Leadership.Address;
import java.time.Duration;
import java.util.Optional;

/// The right to lead, given to one master at a time and for a short time.
///
/// It keeps two healthy masters from getting in each other's way. It is not what protects the
/// journal: a holder that overslept is stopped by the fence there. All methods may block for about
/// as long as the lease lasts, and may throw a [LeaseFault]; then nobody knows what has happened,
/// and the lease must be taken for lost once its time is up.
interface Lease {

    /// What came of asking.
    sealed interface Attempt {

        /// It is ours, in an epoch higher than any that was led or asked for before.
        record Obtained(Epoch epoch) implements Attempt {}

        /// Another has it.
        ///
        /// @param holder empty if it was given back just now
        /// @param remaining how long it lasts unless it is renewed
        record Held(Optional<Holder> holder, Duration remaining) implements Attempt {}
    }

    /// Who has it.
    ///
    /// @param epoch in which it was obtained
    record Holder(Address address, Epoch epoch) {}

    /// Asks for the lease. A holder that asks again gets it again, in a new epoch.
    ///
    /// @param self where this master can be reached
    /// @param above the epoch must be higher than this one too
    Attempt obtain(Address self, Epoch above);

    /// Who else has it, if anybody has, without asking for it.
    Optional<Attempt.Held> holder();

    /// Makes it last for its whole length from now on. False if it is ours no longer.
    boolean renew(Epoch epoch);

    /// Gives it back, if it is still ours, so that nobody has to wait until it ends.
    void release(Epoch epoch);

    /// The lease can't be reached.
    final class LeaseFault extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LeaseFault(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
