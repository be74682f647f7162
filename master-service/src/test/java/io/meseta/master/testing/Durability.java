package io.meseta.master.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.Snapshot;
import io.meseta.master.journal.codec.Build;
import io.meseta.master.journal.codec.EntryCodec;
import io.meseta.master.journal.codec.SnapshotCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;

/// What a cluster knows survives the journal's bytes, whatever it was told.
public final class Durability {

    private static final Build BUILD = new Build("1");

    private Durability() {}

    public static void check(Journal journal, Cluster cluster) throws IOException {
        var entries = new EntryCodec(BUILD);
        journal.read(1, entry -> checkEntry(entries, entry));
        var out = new ByteArrayOutputStream();
        var snapshots = new SnapshotCodec(BUILD);
        snapshots.write(new Snapshot(1, Instant.EPOCH, cluster), out);
        var read = snapshots.read(new ByteArrayInputStream(out.toByteArray()));
        assertThat(read.cluster().durable()).as("as a snapshot").isEqualTo(cluster.durable());
    }

    private static void checkEntry(EntryCodec entries, Entry entry) {
        var back = entries.decode(entry.sequence(), entry.epoch(), entries.encode(entry));
        assertThat(back).as("as an entry").isEqualTo(entry);
    }
}
