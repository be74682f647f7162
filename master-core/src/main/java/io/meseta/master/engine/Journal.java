package io.meseta.master.engine;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.FeatureLevels;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// The log of recorded events, fenced by epoch.
///
/// Every journal passes `JournalContract`. All methods may block and may throw a [JournalFault].
public interface Journal {

    /// Where the log ends.
    ///
    /// @param epoch the highest epoch that has been raised
    /// @param nextSequence the sequence number that the next entry must carry; counts from 1
    record Head(Epoch epoch, long nextSequence) {}

    Head head();

    /// Makes `epoch` the only one that may append. Once this has returned, no append of a lower
    /// epoch can still succeed, so whoever reads the log now reads all of it.
    ///
    /// @throws JournalFault.Fenced if that epoch or a higher one has been raised already
    Head raise(Epoch epoch);

    /// Appends one entry, durably.
    ///
    /// @throws JournalFault.Fenced if the entry's epoch is not the raised one or its sequence
    ///   number is not the next: nothing is written
    /// @throws JournalFault.Unavailable if nothing is written
    /// @throws JournalFault.OutcomeUnknown if it may or may not be written: only reading tells
    void append(Entry entry);

    /// Goes the whole way of a raise and of an append of this entry without a chance that either is
    /// carried out, so that a process which may lead one day has gone it before.
    default void rehearse(Entry entry) {}

    /// Hands over every entry from that sequence number on, in order.
    void read(long fromSequence, Consumer<Entry> reader);

    /// Hands over the entries from the one sequence number to the other, both included, in order.
    default void read(long fromSequence, long untilSequence, Consumer<Entry> reader) {
        read(
                fromSequence,
                entry -> {
                    if (entry.sequence() <= untilSequence) reader.accept(entry);
                });
    }

    /// The newest entry that is not later than this time; 0 if there is none that is kept.
    default long newestAt(Instant time) {
        var newest = new AtomicLong();
        read(
                1,
                entry -> {
                    if (!entry.at().isAfter(time)) newest.set(entry.sequence());
                });
        return newest.get();
    }

    /// When an entry was written; empty if it is not kept, or not written.
    default Optional<Instant> at(long sequence) {
        var found = new AtomicReference<Optional<Instant>>(Optional.empty());
        read(sequence, sequence, entry -> found.set(Optional.of(entry.at())));
        return found.get();
    }

    /// The oldest state that can still be made again, by the sequence number of its newest entry; 0
    /// for the state before the first.
    default long oldestState() {
        return 0;
    }

    /// The newest state that was saved whole.
    Optional<Snapshot> newestSnapshot();

    /// The newest saved state that is not newer than the entry with this sequence number.
    default Optional<Snapshot> newestSnapshot(long sequenceMax) {
        return newestSnapshot().filter(saved -> saved.sequence() <= sequenceMax);
    }

    /// What can be read of it here: whoever meets a state at another level goes no further.
    default FeatureLevels levels() {
        return FeatureLevels.BUILT;
    }

    /// Saves a state whole, so that recovery need not read the entries before it.
    void save(Snapshot snapshot);
}
