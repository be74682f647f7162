package io.meseta.auth.changes;

import java.time.Instant;
import java.util.function.Function;

/// The one way to change anything. What is changed and who changed it are durable together, or not
/// at all.
public interface Ledger {

    /// Changes something that other services must know. Such changes happen one at a time over all
    /// processes, each makes a new bundle, and it is out (here) when this returns.
    ///
    /// @throws Refused as `work` throws it; then nothing has happened
    <T> T change(Caller by, Function<Pen, T> work);

    /// Changes something that no other service needs to know. Such changes may meet.
    <T> T note(Caller by, Function<Pen, T> work);

    /// Writes down what is done, in the same transaction.
    interface Pen {

        /// When this change happens.
        Instant now();

        void created(Audited made);

        void changed(Audited before, Audited after);

        void deleted(Audited gone);

        /// Something was done that is none of the above: `sign-in`.
        void did(String action, Audited with);
    }
}
