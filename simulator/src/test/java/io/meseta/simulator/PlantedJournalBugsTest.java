package io.meseta.simulator;

import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.role.RoleEvent;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.core.task.WantedKill;
import io.meseta.master.core.upkeep.UpkeepEvent;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Snapshot;
import io.meseta.simulator.nodes.Workings;
import io.meseta.simulator.store.JournalPort;
import io.meseta.simulator.store.SharedLog;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Bugs in what is written down, and in what is read of it.
final class PlantedJournalBugsTest extends PlantedBug {

    @Test
    void findsAJournalWithoutAFence() {
        finds(
                "was written twice",
                new Workings() {
                    @Override
                    public Journal journal(JournalPort port, SharedLog log) {
                        return new Fenceless(port, log);
                    }
                });
    }

    @Test
    void findsAJournalThatSaysYesBeforeItHasWritten() {
        finds(
                "was answered for",
                new Workings() {
                    @Override
                    public Journal journal(JournalPort port, SharedLog log) {
                        return new Hasty(port);
                    }
                });
    }

    @Test
    void findsAMasterThatDoesNotWriteDownWhatRolesMayHave() {
        finds(
                OTHER_STATE,
                rewriting(event ->
                        event instanceof Event.OfRole(RoleEvent.QuotasUpdated(_, var at))
                                ? nothingOfRoles(at)
                                : event));
    }

    @Test
    void findsASnapshotThatClaimsToBeNewerThanItIs() {
        finds(
                "recovery makes another state than the leader's",
                new Workings() {
                    private Optional<Snapshot> before = Optional.empty();

                    @Override
                    public Snapshot snapshot(Snapshot snapshot) {
                        var older = before.map(Snapshot::cluster).orElse(snapshot.cluster());
                        before = Optional.of(snapshot);
                        return new Snapshot(snapshot.sequence(), snapshot.at(), older);
                    }
                });
    }

    @Test
    void findsAStandbyThatSkipsPartOfABatch() {
        var batches = new AtomicInteger();
        finds("a standby's state " + OTHER_STATE, misreading(port -> new Skipping(port, batches)));
    }

    @Test
    void findsAStandbyThatTakesOverWithoutTheNewestBatch() {
        finds("the leader's state " + OTHER_STATE, misreading(Late::new));
    }

    @Test
    void findsASnapshotThatForgetsWhatOperatorsWant() {
        finds(
                OTHER_STATE,
                new Workings() {
                    @Override
                    public Snapshot snapshot(Snapshot snapshot) {
                        var cluster = snapshot.cluster();
                        for (var agent : cluster.upkeep().deactivations().keySet())
                            cluster =
                                    cluster.after(
                                            new Event.OfUpkeep(
                                                    new UpkeepEvent.AgentReactivated(
                                                            agent, snapshot.at())));
                        return new Snapshot(snapshot.sequence(), snapshot.at(), cluster);
                    }
                });
    }

    @Test
    void findsAMasterThatDoesNotWriteDownWhatRolesLend() {
        finds(
                OTHER_STATE,
                rewriting(event ->
                        event instanceof Event.OfRole(RoleEvent.SharingSet(var role, _, var at))
                                ? new Event.OfRole(new RoleEvent.SharingRemoved(role, at))
                                : event));
    }

    @Test
    void findsAMasterThatDoesNotWriteDownForWhomATaskEnds() {
        finds(
                OTHER_STATE,
                rewriting(event ->
                        event
                                        instanceof
                                        Event.OfTask(
                                                TaskEvent.KillWanted(var task, var kill, var at))
                                ? new Event.OfTask(
                                        new TaskEvent.KillWanted(
                                                task,
                                                new WantedKill(kill.order(), kill.policy()),
                                                at))
                                : event));
    }

    private static Event nothingOfRoles(Instant at) {
        return new Event.OfRole(new RoleEvent.WeightsUpdated(Collections.emptySortedMap(), at));
    }

    /// Writes whoever asks.
    private static final class Fenceless extends OpenedJournal {

        private final SharedLog log;

        Fenceless(Journal journal, SharedLog log) {
            super(journal);
            this.log = log;
        }

        @Override
        public void append(Entry entry) {
            try {
                super.append(entry);
            } catch (JournalFault.Fenced fenced) {
                log.write(entry);
            }
        }
    }

    /// Writes each entry when the next one comes.
    private static final class Hasty extends OpenedJournal {

        private Optional<Entry> waiting = Optional.empty();

        Hasty(Journal journal) {
            super(journal);
        }

        @Override
        public void append(Entry entry) {
            waiting.ifPresent(super::append);
            waiting = Optional.of(entry);
        }
    }

    /// Reads one batch in a hundred without its last event.
    private static final class Skipping extends OpenedJournal {

        private final AtomicInteger batches;

        Skipping(Journal journal, AtomicInteger batches) {
            super(journal);
            this.batches = batches;
        }

        @Override
        public void read(long fromSequence, Consumer<Entry> reader) {
            super.read(fromSequence, entry -> reader.accept(cut(entry)));
        }

        private Entry cut(Entry entry) {
            int count = entry.events().size();
            if (count < 2 || batches.incrementAndGet() % 100 != 0) return entry;
            return first(entry, count - 1);
        }
    }

    /// What has come since the last look counts for nothing.
    private static final class Late extends OpenedJournal {

        private long newest;

        Late(Journal journal) {
            super(journal);
        }

        @Override
        public Head head() {
            var head = super.head();
            newest = head.nextSequence();
            return head;
        }

        @Override
        public void read(long fromSequence, Consumer<Entry> reader) {
            long late = newest;
            super.read(fromSequence, entry -> reader.accept(emptied(entry, late)));
        }

        private static Entry emptied(Entry entry, long late) {
            return entry.sequence() < late || entry.events().size() < 2 ? entry : first(entry, 1);
        }
    }

    private static Entry first(Entry entry, int events) {
        return new Entry(
                entry.sequence(), entry.epoch(), entry.at(), entry.events().subList(0, events));
    }
}
