package io.meseta.master.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.master.core.reign.FeatureLevels;
import io.meseta.master.play.ListJournal;
import io.meseta.master.play.Play;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StandbyTest {

    private final Play play = new Play();
    private final FickleJournal journal = new FickleJournal(play.journal);
    private final Standby standby = new Standby(journal);

    /// A journal that a test makes illegible, or puts another in the place of.
    private static final class FickleJournal implements Journal {

        private Journal there;
        private long illegibleFrom = Long.MAX_VALUE;
        private int reads;

        FickleJournal(Journal there) {
            this.there = there;
        }

        @Override
        public Head head() {
            return there.head();
        }

        @Override
        public Head raise(Epoch epoch) {
            return there.raise(epoch);
        }

        @Override
        public void append(Entry entry) {
            there.append(entry);
        }

        @Override
        public void read(long fromSequence, Consumer<Entry> reader) {
            reads++;
            there.read(
                    fromSequence,
                    entry -> {
                        if (entry.sequence() >= illegibleFrom)
                            throw new JournalFault.Unreadable("of a later build");
                        reader.accept(entry);
                    });
        }

        @Override
        public Optional<Snapshot> newestSnapshot() {
            return there.newestSnapshot();
        }

        @Override
        public void save(Snapshot snapshot) {
            there.save(snapshot);
        }
    }

    @Test
    void knowsNothingBeforeItHasLooked() {
        assertThat(standby.view()).isEmpty();
    }

    @Test
    void foldsWhateverTheJournalHasGained() {
        subscribe(3);
        assertThat(standby.follow()).isEqualTo(4);

        subscribe(2);
        assertThat(standby.follow()).isEqualTo(2);

        assertThat(standby.view().orElseThrow().sequence()).isEqualTo(play.committer.sequence());
        assertThat(cluster(standby).durable()).isEqualTo(play.cluster().durable());
    }

    @Test
    void asksOnlyForTheHeadWhileThereIsNothingNew() {
        standby.follow();
        int before = journal.reads;

        assertThat(standby.follow()).isZero();

        assertThat(journal.reads).isEqualTo(before);
    }

    @Test
    void beginsWithTheNewestSnapshot() {
        subscribe(2);
        save();
        subscribe(1);

        assertThat(standby.follow()).isEqualTo(1);

        assertThat(standby.snapshot()).isEqualTo(3);
        assertThat(cluster(standby).durable()).isEqualTo(play.cluster().durable());
    }

    @Test
    void stopsBeforeWhatItDoesNotUnderstandAndSaysSo() {
        subscribe(4);
        journal.illegibleFrom = 4;

        assertThatThrownBy(standby::follow).isInstanceOf(JournalFault.Unreadable.class);

        assertThat(standby.view().orElseThrow().sequence()).isEqualTo(3);
        assertThat(standby.halt()).contains("of a later build");
        assertThat(standby.behind()).isPositive();
        journal.illegibleFrom = Long.MAX_VALUE;
        standby.follow();
        assertThat(standby.halt()).isEmpty();
        assertThat(standby.view().orElseThrow().sequence()).isEqualTo(5);
    }

    @Test
    void stopsBeforeAFeatureLevelThatItsBuildDoesNotRead() {
        subscribe(2);
        var raised = FeatureLevels.BUILT.newest().number() + 1;
        play.put(new Command.RaiseFeatureLevel(new FeatureLevel(raised)));
        subscribe(1);

        assertThatThrownBy(standby::follow).isInstanceOf(JournalFault.Unreadable.class);

        assertThat(standby.view().orElseThrow().sequence()).isEqualTo(3);
        assertThat(standby.halt().orElseThrow())
                .contains("the journal is at feature level " + raised)
                .contains("run a build that reads level " + raised);
    }

    @Test
    void doesNotLeadAtAFeatureLevelThatItsBuildDoesNotRead() {
        play.put(
                new Command.RaiseFeatureLevel(
                        new FeatureLevel(FeatureLevels.BUILT.newest().number() + 1)));
        save();
        var head = journal.raise(new Epoch(9));

        assertThatThrownBy(() -> standby.recover(head)).isInstanceOf(JournalFault.Unreadable.class);
        assertThat(standby.halt()).isPresent();
    }

    @Test
    void readsOnlyTheTailWhenItTakesOver() {
        subscribe(3);
        standby.follow();
        subscribe(1);
        int before = journal.reads;

        var recovered = standby.recover(journal.raise(new Epoch(9)));

        assertThat(journal.reads).isEqualTo(before + 1);
        assertThat(recovered.replay().nextSequence()).isEqualTo(6);
        assertThat(recovered.newestAt()).contains(play.now);
        assertThat(recovered.replay().cluster().durable()).isEqualTo(play.cluster().durable());
    }

    @Test
    void takesOverWithoutHavingFollowed() {
        subscribe(3);

        var recovered = standby.recover(journal.raise(new Epoch(9)));

        assertThat(recovered.replay().cluster().durable()).isEqualTo(play.cluster().durable());
        assertThat(standby.view()).isEmpty();
    }

    @Test
    void beginsAnewWithAShorterJournal() {
        subscribe(5);
        standby.follow();
        var restored = new Play();
        journal.there = restored.journal;

        standby.follow();

        assertThat(cluster(standby).durable()).isEqualTo(restored.cluster().durable());
    }

    @Test
    void beginsAnewWithAJournalThatHasTakenAnotherWay() {
        subscribe(2);
        standby.follow();
        var restored = new Play();
        restored.pass(Duration.ofMinutes(1));
        subscribe(restored, 6);
        journal.there = restored.journal;

        standby.follow();
        standby.follow();

        assertThat(cluster(standby).durable()).isEqualTo(restored.cluster().durable());
        var recovered = standby.recover(journal.raise(new Epoch(9)));
        assertThat(recovered.replay().cluster().durable()).isEqualTo(restored.cluster().durable());
    }

    @Test
    void neverLeadsFromAnotherHistory() {
        subscribe(2);
        standby.follow();
        var restored = new Play();
        restored.pass(Duration.ofMinutes(1));
        subscribe(restored, 2);
        journal.there = restored.journal;

        var recovered = standby.recover(journal.raise(new Epoch(9)));

        assertThat(recovered.replay().cluster().durable()).isEqualTo(restored.cluster().durable());
    }

    @Test
    void goesToTheSnapshotWhenTheEntriesAreGone() {
        subscribe(2);
        standby.follow();
        subscribe(5);
        save();
        subscribe(1);
        var kept = new ListJournal();
        kept.entries.addAll(play.journal.entries);
        play.journal.entries.subList(0, 6).clear();
        var shortened = new Shortened(play.journal, kept.entries.size());
        journal.there = shortened;

        standby.follow();
        standby.follow();

        assertThat(cluster(standby).durable()).isEqualTo(play.cluster().durable());
    }

    /// Old entries are gone, and the head is where it was.
    private record Shortened(ListJournal left, long newest) implements Journal {

        @Override
        public Head head() {
            return new Head(left.head().epoch(), newest + 1);
        }

        @Override
        public Head raise(Epoch epoch) {
            throw new AssertionError("nobody leads");
        }

        @Override
        public void append(Entry entry) {
            throw new AssertionError("nobody writes");
        }

        @Override
        public void read(long fromSequence, Consumer<Entry> reader) {
            left.read(fromSequence, reader);
        }

        @Override
        public Optional<Snapshot> newestSnapshot() {
            return left.newestSnapshot();
        }

        @Override
        public void save(Snapshot snapshot) {
            throw new AssertionError("nobody saves");
        }
    }

    @Test
    void complainsOfAGapThatNoSnapshotFills() {
        subscribe(5);
        var newest = play.journal.entries.size();
        play.journal.entries.subList(0, 2).clear();
        journal.there = new Shortened(play.journal, newest);

        assertThatThrownBy(standby::follow).isInstanceOf(JournalFault.Unreadable.class);
        assertThat(standby.halt()).isPresent();
    }

    @Test
    void letsGoOfItsState() {
        standby.follow();

        standby.forget();

        assertThat(standby.view()).isEmpty();
    }

    private static Cluster cluster(Standby standby) {
        return standby.view().orElseThrow().cluster();
    }

    private void save() {
        play.journal.save(
                new Snapshot(play.committer.sequence(), play.now, play.committer.current()));
    }

    private void subscribe(int times) {
        subscribe(play, times);
    }

    private static void subscribe(Play play, int times) {
        for (int i = 0; i < times; i++)
            play.put(
                    new Command.Subscribe(
                            Optional.empty(),
                            Play.profile(Duration.ofHours(1)),
                            Collections.emptySortedSet(),
                            new StreamId("s" + play.committer.sequence())));
    }
}
