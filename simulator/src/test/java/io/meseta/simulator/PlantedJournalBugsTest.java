package io.meseta.simulator;

import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.reign.FeatureLevels;
import io.meseta.master.core.role.RoleEvent;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.core.task.WantedKill;
import io.meseta.master.core.upkeep.UpkeepEvent;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.Snapshot;
import io.meseta.simulator.nodes.Workings;
import io.meseta.simulator.store.JournalPort;
import io.meseta.simulator.store.SharedLog;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Bugs in what is written down, and in what is read of it.
final class PlantedJournalBugsTest extends PlantedBug {

    @Test
    void findsAJournalWithoutAFence() {
        finds(
                new Workings() {
                    @Override
                    public Journal journal(JournalPort port, SharedLog log) {
                        return new Opened(port) {
                            @Override
                            public void append(Entry entry) {
                                try {
                                    super.append(entry);
                                } catch (io.meseta.master.engine.JournalFault.Fenced fenced) {
                                    log.write(entry);
                                }
                            }
                        };
                    }
                });
    }

    @Test
    void findsAJournalThatSaysYesBeforeItHasWritten() {
        finds(
                new Workings() {
                    @Override
                    public Journal journal(JournalPort port, SharedLog log) {
                        return new Opened(port) {
                            private Optional<Entry> waiting = Optional.empty();

                            @Override
                            public void append(Entry entry) {
                                waiting.ifPresent(super::append);
                                waiting = Optional.of(entry);
                            }
                        };
                    }
                });
    }

    @Test
    void findsAMasterThatDoesNotWriteDownWhatRolesMayHave() {
        finds(
                new Workings() {
                    @Override
                    public Journal journal(JournalPort port, SharedLog log) {
                        return new Opened(port) {
                            @Override
                            public void append(Entry entry) {
                                var events =
                                        entry.events().stream()
                                                .filter(each -> !(each instanceof Event.OfRole))
                                                .toList();
                                super.append(
                                        new Entry(
                                                entry.sequence(),
                                                entry.epoch(),
                                                entry.at(),
                                                events));
                            }
                        };
                    }
                });
    }

    @Test
    void findsASnapshotThatClaimsToBeNewerThanItIs() {
        finds(
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
        finds(
                new Workings() {
                    private int batches;

                    @Override
                    public Journal followed(JournalPort port) {
                        return new Opened(port) {
                            @Override
                            public void read(long fromSequence, Consumer<Entry> reader) {
                                super.read(fromSequence, entry -> reader.accept(cut(entry)));
                            }
                        };
                    }

                    private Entry cut(Entry entry) {
                        int count = entry.events().size();
                        if (count < 2 || ++batches % 100 != 0) return entry;
                        var events = entry.events().subList(0, count - 1);
                        return new Entry(entry.sequence(), entry.epoch(), entry.at(), events);
                    }
                });
    }

    @Test
    void findsAStandbyThatTakesOverWithoutTheNewestBatch() {
        finds(
                new Workings() {
                    @Override
                    public Journal followed(JournalPort port) {
                        return new Opened(port) {
                            private long newest;

                            @Override
                            public Head head() {
                                var head = super.head();
                                newest = head.nextSequence();
                                return head;
                            }

                            @Override
                            public void read(long fromSequence, Consumer<Entry> reader) {
                                var late = newest;
                                super.read(
                                        fromSequence, entry -> reader.accept(emptied(entry, late)));
                            }
                        };
                    }

                    // What has come since the last look counts for nothing.
                    private Entry emptied(Entry entry, long late) {
                        if (entry.sequence() < late || entry.events().size() < 2) return entry;
                        var first = entry.events().subList(0, 1);
                        return new Entry(entry.sequence(), entry.epoch(), entry.at(), first);
                    }
                });
    }

    @Test
    void findsASnapshotThatForgetsWhatOperatorsWant() {
        finds(
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
                rewriting(event ->
                        event instanceof Event.OfRole(RoleEvent.SharingSet(var role, _, var at))
                                ? new Event.OfRole(new RoleEvent.SharingRemoved(role, at))
                                : event));
    }

    @Test
    void findsAMasterThatDoesNotWriteDownForWhomATaskEnds() {
        finds(
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

    /// A master that writes down other events than happen.
    private static Workings rewriting(UnaryOperator<Event> pen) {
        return new Workings() {
            @Override
            public Journal journal(JournalPort port, SharedLog log) {
                return new Opened(port) {
                    @Override
                    public void append(Entry entry) {
                        var events = entry.events().stream().map(pen).toList();
                        super.append(
                                new Entry(entry.sequence(), entry.epoch(), entry.at(), events));
                    }
                };
            }
        };
    }

    /// A journal that may be tampered with.
    private static class Opened implements Journal {

        private final Journal journal;

        Opened(Journal journal) {
            this.journal = journal;
        }

        @Override
        public FeatureLevels levels() {
            return journal.levels();
        }

        @Override
        public Head head() {
            return journal.head();
        }

        @Override
        public Head raise(io.meseta.master.core.reign.Epoch epoch) {
            return journal.raise(epoch);
        }

        @Override
        public void append(Entry entry) {
            journal.append(entry);
        }

        @Override
        public void read(long fromSequence, Consumer<Entry> reader) {
            journal.read(fromSequence, reader);
        }

        @Override
        public Optional<Snapshot> newestSnapshot() {
            return journal.newestSnapshot();
        }

        @Override
        public void save(Snapshot snapshot) {
            journal.save(snapshot);
        }
    }
}
