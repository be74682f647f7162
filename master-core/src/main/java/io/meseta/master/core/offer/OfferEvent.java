package io.meseta.master.core.offer;

import io.meseta.allocator.Grant;
import io.meseta.allocator.quota.Withheld;
import io.meseta.master.core.gang.GangEvent;
import io.meseta.model.Role;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What can happen to an offer. All of it is passing.
public sealed interface OfferEvent {

    /// The framework may now accept it.
    record OfferMade(Offer offer) implements OfferEvent {}

    /// It is over, and its resources are free again, unless a launch in the same breath takes them.
    record OfferEnded(Offer offer, Ending ending) implements OfferEvent {}

    /// A copy counts from now on as what its framework is offered: the offer that it was a copy of
    /// is over. The other copies of that are copies of this one.
    record CopyCounted(Offer copy) implements OfferEvent {}

    /// Something has become of a gang.
    record OfGang(GangEvent event) implements OfferEvent {}

    /// The framework does not want these resources again until then.
    record ResourcesRefused(Grant grant, Instant until) implements OfferEvent {}

    /// The allocator has looked at everything that changed; what it gave is in the events before.
    ///
    /// @param withheld what quota has kept back of it
    record AllocationSettled(Withheld withheld) implements OfferEvent {}

    /// Refusals that end at or before this moment are over.
    record RefusalsElapsed(Instant at) implements OfferEvent {}

    /// From now on the agent is offered to one framework alone, until what it needs is free there.
    record AgentKept(Keep keep) implements OfferEvent {}

    /// The agent is for anyone again.
    ///
    /// @param pausedUntil before then nothing more is kept for whom it was kept
    record KeepEnded(Keep keep, Instant pausedUntil) implements OfferEvent {}

    /// The master has looked whether somebody waits in vain; it looks again at `next`.
    ///
    /// @param lacking the roles that have less than they are guaranteed
    /// @param pauses until when those are passed over for whom nothing can be done now
    record NeedsLooked(
            Instant at,
            Instant next,
            SortedSet<Role> lacking,
            SortedMap<Keep.Beneficiary, Instant> pauses)
            implements OfferEvent {

        public NeedsLooked {
            lacking = Collections.unmodifiableSortedSet(new TreeSet<>(lacking));
            pauses = Collections.unmodifiableSortedMap(new TreeMap<>(pauses));
        }
    }

    /// How an offer ends.
    enum Ending {
        /// The framework has answered: accepted, declined, or named it in an invalid answer.
        ANSWERED,
        /// The master has taken it back, and says so.
        RESCINDED,
        /// The framework does not listen any more, so there is nobody to tell.
        DISCARDED
    }
}
