package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.PlainRows.known;
import static io.meseta.master.journal.codec.PlainRows.require;

import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.journal.v1.EntryRow;
import java.util.ArrayList;

/// What one batch has changed, as bytes.
///
/// The sequence number and the epoch are not in the bytes: the journal keeps them beside.
public final class EntryCodec {

    private final Build build;

    /// @param build written into each entry, for whoever can't read it
    public EntryCodec(Build build) {
        this.build = build;
    }

    public byte[] encode(Entry entry) {
        var row = EntryRow.newBuilder().setBuild(build.version()).setAt(PlainRows.row(entry.at()));
        for (var event : entry.events()) row.addEvents(EventRows.of(event));
        return row.build().toByteArray();
    }

    /// @throws JournalFault.Unreadable if a later build has written it, or it is damaged; says
    ///   which build to run
    public Entry decode(long sequence, Epoch epoch, byte[] bytes) {
        var row = parse(sequence, bytes);
        try {
            known(row);
            require(row.hasAt(), "the entry's time");
            var events = new ArrayList<Event>(row.getEventsCount());
            for (var event : row.getEventsList()) events.add(EventRows.toEvent(event));
            return new Entry(sequence, epoch, PlainRows.toInstant(row.getAt()), events);
        } catch (RuntimeException unknown) {
            // Also what the values themselves refuse: a later build may have other rules.
            throw new JournalFault.Unreadable(
                    build.cannotRead("entry " + sequence, row.getBuild()), unknown);
        }
    }

    private static EntryRow parse(long sequence, byte[] bytes) {
        try {
            return EntryRow.parseFrom(bytes);
        } catch (InvalidProtocolBufferException damaged) {
            throw new JournalFault.Unreadable("entry " + sequence + " is damaged", damaged);
        }
    }
}
