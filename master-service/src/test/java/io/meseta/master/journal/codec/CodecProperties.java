package io.meseta.master.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.master.core.reign.FeatureLevels;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Snapshot;
import io.meseta.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CodecProperties {

    private static final Build BUILD =
            new Build(
                    "1.2.3",
                    new FeatureLevels(FeatureLevel.FIRST, new FeatureLevel(RandomFacts.LEVEL_MAX)));

    private final EntryCodec entries = new EntryCodec(BUILD);
    private final SnapshotCodec snapshots = new SnapshotCodec(BUILD);

    @Test
    void givesEveryEventBackAsItWas() {
        Seeds.run(
                300,
                random -> {
                    var events = new RandomFacts(random).oneOfEach();
                    var at = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000));
                    var entry = new Entry(random.nextLong(), new Epoch(7), at, events);

                    var bytes = entries.encode(entry);

                    assertThat(entries.decode(entry.sequence(), entry.epoch(), bytes))
                            .isEqualTo(entry);
                });
    }

    @Test
    void writesTheSameBytesForTheSameEntry() {
        Seeds.runSeeds(
                50,
                seed -> {
                    var one = new RandomFacts(new Random(seed)).entry(1, new Epoch(1));
                    var same = new RandomFacts(new Random(seed)).entry(1, new Epoch(1));

                    assertThat(entries.encode(one)).isEqualTo(entries.encode(same));
                });
    }

    @Test
    void givesEveryStateBackAsItWas() {
        Seeds.run(
                40,
                random -> {
                    var cluster = new RandomFacts(random).cluster(2_000);
                    var snapshot = new Snapshot(random.nextLong(), Instant.EPOCH, cluster);

                    var read = snapshots.read(new ByteArrayInputStream(bytes(snapshot)));

                    assertThat(read.sequence()).isEqualTo(snapshot.sequence());
                    assertThat(read.at()).isEqualTo(snapshot.at());
                    assertThat(read.cluster().durable()).isEqualTo(cluster.durable());
                });
    }

    @Test
    void saysThatADamagedEntryIsUnreadableAndNothingElse() {
        Seeds.run(
                500,
                random -> {
                    var bytes = entries.encode(new RandomFacts(random).entry(1, new Epoch(1)));
                    damage(bytes, random);

                    assertThatCode(() -> decodeOrRefuse(bytes)).doesNotThrowAnyException();
                });
    }

    @Test
    void saysThatADamagedSnapshotIsUnreadableAndNothingElse() {
        Seeds.run(
                100,
                random -> {
                    var cluster = new RandomFacts(random).cluster(50);
                    var bytes = bytes(new Snapshot(1, Instant.EPOCH, cluster));
                    damage(bytes, random);

                    assertThatCode(() -> readOrRefuse(bytes)).doesNotThrowAnyException();
                });
    }

    private void decodeOrRefuse(byte[] bytes) {
        try {
            entries.decode(1, new Epoch(1), bytes);
        } catch (JournalFault.Unreadable _) {
            // The one way to say it.
        }
    }

    private void readOrRefuse(byte[] bytes) throws IOException {
        try {
            snapshots.read(new ByteArrayInputStream(bytes));
        } catch (JournalFault.Unreadable _) {
            // The one way to say it.
        }
    }

    private byte[] bytes(Snapshot snapshot) throws IOException {
        var out = new ByteArrayOutputStream();
        snapshots.write(snapshot, out);
        return out.toByteArray();
    }

    private static void damage(byte[] bytes, Random random) {
        for (int i = random.nextInt(3); i >= 0; i--)
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
}
