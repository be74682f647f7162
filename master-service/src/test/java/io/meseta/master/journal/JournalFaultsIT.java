package io.meseta.master.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.journal.FaultyWire.Fault;
import io.meseta.master.journal.codec.Build;
import io.meseta.master.journal.codec.RandomFacts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever goes wrong between a leader and its database, the journal says no more than it knows,
/// and whoever reads it again knows what became of it.
final class JournalFaultsIT {

    private static final Epoch EPOCH = new Epoch(1);
    private static final Epoch NEXT = new Epoch(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final JournalTables tables = JournalTables.fresh();
    private final FaultyWire wire = FaultyWire.to(tables.database());
    private final RandomFacts facts = new RandomFacts(new Random(3));
    private final Entry first = facts.entry(1, EPOCH);
    private final Entry second = facts.entry(2, EPOCH);
    private final DatabaseJournal journal =
            new DatabaseJournal(
                    tables.database().dataSource(),
                    new Connector(DatabaseAddress.of(wire.jdbcUrl()), "leader", TIMEOUT),
                    _ -> {},
                    new Build("test"),
                    new JournalMeters(new SimpleMeterRegistry()));

    @BeforeEach
    void lead() {
        journal.raise(EPOCH);
        journal.append(first);
    }

    @AfterEach
    void close() {
        wire.close();
        journal.close();
        tables.close();
    }

    @Test
    void doesNotKnowWhatBecameOfAnEntryThatTheServerNeverHeardOf() {
        wire.now(Fault.CUT_BEFORE_THE_SERVER);

        assertUnknown();

        wire.now(Fault.NONE);
        assertThat(readAfterRaise()).containsExactly(first);
        journal.append(facts.entry(2, NEXT));
        assertThat(journal.head().nextSequence()).isEqualTo(3);
    }

    @Test
    void findsAnEntryWhoseAnswerWasLost() {
        wire.now(Fault.CUT_BEFORE_THE_ANSWER);

        assertUnknown();

        wire.now(Fault.NONE);
        assertThat(readAfterRaise()).containsExactly(first, second);
        journal.append(facts.entry(3, NEXT));
        assertThat(journal.head().nextSequence()).isEqualTo(4);
    }

    @Test
    void waitsNoLongerThanItMayForANetworkThatSwallowsEverything() {
        wire.now(Fault.SILENCE);
        long start = System.nanoTime();

        assertUnknown();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        wire.now(Fault.NONE);
        var found = readAfterRaise();
        assertThat(found.getFirst()).isEqualTo(first);
        assertThat(found.size()).isBetween(1, 2);
        assertThat(journal.head().nextSequence()).isEqualTo(found.size() + 1L);
    }

    @Test
    void waitsForASlowAnswer() throws Exception {
        wire.now(Fault.ANSWERS_WAIT);
        var appending = CompletableFuture.runAsync(() -> journal.append(second));
        assertThatThrownBy(() -> appending.get(300, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);

        wire.now(Fault.NONE);
        appending.get(5, TimeUnit.SECONDS);

        assertThat(read()).containsExactly(first, second);
    }

    /// An append that hangs in the server while another master takes over comes too late, or came
    /// before: in no case after.
    @Test
    void writesNothingAfterAnotherHasTakenOver() {
        wire.now(Fault.ANSWERS_WAIT);
        assertUnknown();
        var other = tables.journal();

        var head = other.raise(NEXT);

        var found = new ArrayList<Entry>();
        other.read(1, found::add);
        assertThat(found).hasSize((int) head.nextSequence() - 1);
        wire.now(Fault.NONE);
        assertThatThrownBy(() -> journal.append(facts.entry(head.nextSequence(), EPOCH)))
                .isInstanceOf(JournalFault.class);
        assertThat(other.head()).isEqualTo(head);
    }

    /// The server stands still as a disk that does not answer makes it: the statement has arrived,
    /// and nobody knows when it will be done.
    @Test
    void doesNotGuessWhileTheServerStandsStill() throws Exception {
        var server =
                tables.database()
                        .text(
                                "SELECT string_agg(pid::text, ' ') FROM pg_stat_activity WHERE"
                                        + " application_name = 'leader' AND datname ="
                                        + " current_database()");
        signal("STOP", server);
        try {
            assertUnknown();
        } finally {
            signal("CONT", server);
        }

        var found = readAfterRaise();
        assertThat(found.getFirst()).isEqualTo(first);
        assertThat(journal.head().nextSequence()).isEqualTo(found.size() + 1L);
        journal.append(facts.entry(found.size() + 1L, NEXT));
    }

    private static void signal(String name, String processes) throws Exception {
        for (var process : processes.split(" ", -1)) {
            var kill = new ProcessBuilder("kill", "-" + name, process).inheritIO().start();
            assertThat(kill.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assumeTrue(kill.exitValue() == 0, "the server's processes are not this machine's");
        }
    }

    private void assertUnknown() {
        assertThatThrownBy(() -> journal.append(second))
                .isInstanceOf(JournalFault.OutcomeUnknown.class);
    }

    private List<Entry> readAfterRaise() {
        journal.raise(NEXT);
        return read();
    }

    private List<Entry> read() {
        var found = new ArrayList<Entry>();
        journal.read(1, found::add);
        return found;
    }
}
